package io.tailrace.log.record.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/** Frames in and out, of every codec. */
class CodecTest {
    private static final int LIMIT = 1 << 20;

    private static byte[] compress(Codec codec, byte[] plain) {
        byte[] target = new byte[2 * plain.length + 200];
        int end = codec.compress(plain, 0, plain.length, target, 7, target.length);
        assertThat(end).isGreaterThanOrEqualTo(7);
        return Arrays.copyOfRange(target, 7, end);
    }

    private static byte[] expand(Codec codec, byte[] bytes, int limit) throws DecompressionException {
        ByteBuffer expanded = codec.expand(bytes, 0, bytes.length, limit);
        byte[] copy = new byte[expanded.remaining()];
        expanded.get(copy);
        return copy;
    }

    @Property(tries = 100)
    void whatIsCompressedExpandsToTheSame(@ForAll Codec codec, @ForAll byte[] plain, @ForAll Random random)
            throws DecompressionException {
        byte[] noise = new byte[random.nextInt(200_000)];
        random.nextBytes(noise);
        byte[] zeros = new byte[random.nextInt(200_000)];
        for (byte[] one : new byte[][] {plain, noise, zeros}) {
            assertThat(expand(codec, compress(codec, one), LIMIT)).isEqualTo(one);
        }
    }

    @Test
    void shouldWriteTheFrameHeadersThatKafkaWrites() {
        byte[] plain = new byte[100];
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(compress(Codec.GZIP, plain)))
                .as("deflate, no flags, no time; the last byte, the system, is 0 or 255 with the JDK")
                .startsWith("1f8b08000000000000");
        assertThat(hex.formatHex(compress(Codec.SNAPPY, plain))).startsWith("82534e41505059000000000100000001");
        assertThat(hex.formatHex(compress(Codec.LZ4, plain)))
                .as("version 1, independent blocks, 64 KiB, checksum of these two")
                .startsWith("04224d18" + "60" + "40" + "82");
        assertThat(hex.formatHex(compress(Codec.ZSTD, plain))).startsWith("28b52ffd");
    }

    @Test
    void shouldReadSnappyOfOneBlockWithoutHeader() throws IOException, DecompressionException {
        byte[] plain = "what a client in C writes ".repeat(20).getBytes(UTF_8);

        assertThat(expand(Codec.SNAPPY, Snappy.compress(plain), LIMIT)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldExpandUpToTheLimitAndNoFurther(Codec codec) throws DecompressionException {
        byte[] plain = new byte[300_000];
        byte[] compressed = compress(codec, plain);

        assertThat(expand(codec, compressed, plain.length)).isEqualTo(plain);
        assertThatThrownBy(() -> expand(codec, compressed, plain.length - 1))
                .isInstanceOf(DecompressionException.class)
                .hasMessageContaining(codec.configName());
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldSayThatTheResultDoesNotFit(Codec codec) {
        byte[] noise = new byte[1000];
        new Random(5).nextBytes(noise);

        assertThat(codec.compress(noise, 0, 1000, new byte[999], 0, 999)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(value = Codec.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldRefuseEveryCut(Codec codec) {
        byte[] noise = new byte[2000];
        new Random(5).nextBytes(noise);
        byte[] compressed = compress(codec, noise);
        for (int length = 1; length < compressed.length; length++) {
            byte[] cut = Arrays.copyOf(compressed, length);
            if (codec == Codec.SNAPPY && length == 16) {
                continue; // a header without blocks is a whole, empty stream
            }
            assertThatThrownBy(() -> expand(codec, cut, LIMIT))
                    .as("cut to %d of %d", length, compressed.length)
                    .isInstanceOf(DecompressionException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldSurviveEveryFlippedByte(Codec codec) {
        byte[] compressed = compress(
                codec, "a sentence, and a sentence, and again ".repeat(20).getBytes(UTF_8));
        for (int at = 0; at < compressed.length; at++) {
            for (int mask : new int[] {0x01, 0x80, 0xff}) {
                byte[] bad = compressed.clone();
                bad[at] ^= (byte) mask;
                try {
                    assertThat(expand(codec, bad, LIMIT)).hasSizeLessThanOrEqualTo(LIMIT);
                } catch (DecompressionException e) {
                    assertThat(e).hasMessageContaining(codec.configName());
                }
            }
        }
    }

    @Property(tries = 300)
    void noiseEndsInAnErrorOrInBytes(@ForAll Codec codec, @ForAll byte[] noise) {
        try {
            assertThat(expand(codec, noise, LIMIT)).hasSizeLessThanOrEqualTo(LIMIT);
        } catch (DecompressionException e) {
            assertThat(e.found()).contains(codec.configName());
        }
    }

    @Test
    void shouldKnowKafkasNumbersAndNames() {
        for (Codec codec : Codec.values()) {
            assertThat(Codec.byId(codec.id())).isSameAs(codec);
        }
        assertThat(Arrays.stream(Codec.values()).map(Codec::toString))
                .containsExactly("none (0)", "gzip (1)", "snappy (2)", "lz4 (3)", "zstd (4)");
        assertThat(Codec.byId(5)).isNull();
    }
}
