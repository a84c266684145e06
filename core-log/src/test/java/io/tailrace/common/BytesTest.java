package io.tailrace.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BytesTest {
    @Property
    void shouldOrderAsUnsignedBytesShorterFirst(@ForAll byte[] a, @ForAll byte[] b) {
        assertThat(Integer.signum(Bytes.wrap(a).compareTo(Bytes.wrap(b)))).isEqualTo(unsignedOrder(a, b));
    }

    @Property
    void shouldBeEqualExactlyWhenTheBytesAre(@ForAll byte[] a, @ForAll byte[] b) {
        Bytes left = Bytes.wrap(a);
        assertThat(left).isEqualTo(Bytes.wrap(a.clone())).hasSameHashCodeAs(Bytes.wrap(a.clone()));
        assertThat(left.equals(Bytes.wrap(b))).isEqualTo(unsignedOrder(a, b) == 0);
    }

    @Property
    void shouldBoundAllBytesWithAPrefix(@ForAll byte[] prefixBytes, @ForAll byte[] rest, @ForAll byte[] other) {
        Bytes prefix = Bytes.wrap(prefixBytes);
        Bytes bound = Bytes.increment(prefix);
        byte[] extended = Arrays.copyOf(prefixBytes, prefixBytes.length + rest.length);
        System.arraycopy(rest, 0, extended, prefixBytes.length, rest.length);
        if (bound == null) {
            assertThat(Arrays.equals(prefixBytes, allOnes(prefixBytes.length))).isTrue();
        } else {
            assertThat(Bytes.wrap(extended)).isLessThan(bound);
            Bytes stranger = Bytes.wrap(other);
            boolean inRange = stranger.compareTo(prefix) >= 0 && stranger.compareTo(bound) < 0;
            assertThat(inRange).isEqualTo(stranger.startsWith(prefix));
        }
    }

    @Example
    void shouldCarryOverTrailing0xFF() {
        assertThat(Bytes.increment(bytes(1, 0xFF, 0xFF))).isEqualTo(bytes(2));
        assertThat(Bytes.increment(bytes(0x7F))).isEqualTo(bytes(0x80));
    }

    @Example
    void shouldHaveNoBoundForAll0xFFAndForEmpty() {
        assertThat(Bytes.increment(bytes(0xFF, 0xFF))).isNull();
        assertThat(Bytes.increment(Bytes.EMPTY)).isNull();
    }

    @Example
    void shouldPrintEveryByteUnambiguously() {
        assertThat(bytes('a', '\\', 0, 0xC3)).hasToString("a\\x5C\\x00\\xC3");
    }

    private static byte[] allOnes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    private static int unsignedOrder(byte[] a, byte[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int difference = (a[i] & 0xFF) - (b[i] & 0xFF);
            if (difference != 0) {
                return Integer.signum(difference);
            }
        }
        return Integer.signum(a.length - b.length);
    }

    private static Bytes bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Bytes.wrap(bytes);
    }
}
