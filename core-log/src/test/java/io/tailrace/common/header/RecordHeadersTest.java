package io.tailrace.common.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {
    @Test
    void shouldKeepEqualKeysInTheOrderOfAdding() {
        RecordHeaders headers = headers("a", "b", "a");
        assertThat(headers).extracting(Header::key).containsExactly("a", "b", "a");
        assertThat(headers.headers("a")).containsExactly(header("a", 0), header("a", 2));
    }

    @Test
    void shouldFindTheLastOfAKey() {
        assertThat(headers("a", "b", "a").lastHeader("a")).isEqualTo(header("a", 2));
        assertThat(headers("a").lastHeader("z")).isNull();
    }

    @Test
    void shouldRemoveEveryHeaderOfAKey() {
        RecordHeaders headers = headers("a", "b", "a", "c");
        assertThat(headers.remove("a")).isSameAs(headers);
        assertThat(headers).containsExactly(header("b", 1), header("c", 3));
    }

    @Test
    void shouldStoreANullValue() {
        Header header = new RecordHeaders().add("a", null).lastHeader("a");
        assertThat(header).isEqualTo(new RecordHeader("a", null));
    }

    @Test
    void shouldRefuseChangesOnceReadOnly() {
        RecordHeaders headers = headers("a");
        headers.setReadOnly();
        Iterator<Header> iterator = headers.iterator();
        iterator.next();
        assertThatThrownBy(() -> headers.add("b", null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> headers.remove("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        assertThat(headers).hasSize(1);
    }

    @Test
    void shouldCopyAsWritable() {
        RecordHeaders original = headers("a");
        original.setReadOnly();
        RecordHeaders copy = new RecordHeaders(original);
        copy.add("b", null);
        assertThat(copy).hasSize(2);
        assertThat(original).hasSize(1);
        assertThat(copy.isReadOnly()).isFalse();
    }

    @Test
    void shouldBeIndependentOfTheArrayItStartedWithAndOfTheOneItGave() {
        Header[] given = {header("a", 0)};
        RecordHeaders headers = new RecordHeaders(given);
        given[0] = header("changed", 0);
        headers.toArray()[0] = header("changed", 0);
        assertThat(headers).containsExactly(header("a", 0));
    }

    @Test
    void shouldRemoveWhileIterating() {
        RecordHeaders headers = headers("a", "b", "a", "c");
        for (Iterator<Header> it = headers.headers("a").iterator(); it.hasNext(); ) {
            it.next();
            it.remove();
        }
        assertThat(headers).extracting(Header::key).containsExactly("b", "c");
    }

    @Test
    void shouldRefuseASecondRemoveAndAStepPastTheEnd() {
        Iterator<Header> iterator = headers("a").iterator();
        iterator.next();
        iterator.remove();
        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void shouldCompareByContentAndOrderOnly() {
        RecordHeaders readOnly = headers("a", "b");
        readOnly.setReadOnly();
        assertThat(readOnly).isEqualTo(headers("a", "b")).hasSameHashCodeAs(headers("a", "b"));
        assertThat(headers("a", "b")).isNotEqualTo(new RecordHeaders(List.of(header("b", 1), header("a", 0))));
        assertThat(headers("a")).isNotEqualTo(headers("a", "b"));
    }

    @Test
    @SuppressWarnings("NullAway") // the wrong use is what is tested
    void shouldRefuseANullKeyAndANullHeader() {
        assertThatThrownBy(() -> new RecordHeaders().add(null, new byte[0])).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new RecordHeaders().add(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new RecordHeaders(new Header[] {null})).isInstanceOf(NullPointerException.class);
    }

    /** Model: an ArrayList that goes through the same steps. */
    @Property(tries = 300)
    void shouldBehaveAsAListOfPairs(@ForAll List<@IntRange(min = -5, max = 5) Integer> steps) {
        RecordHeaders headers = new RecordHeaders();
        List<Header> model = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            String key = "k" + Math.abs(steps.get(i));
            if (steps.get(i) < 0) {
                headers.remove(key);
                model.removeIf(h -> h.key().equals(key));
            } else {
                headers.add(header(key, i));
                model.add(header(key, i));
            }
            assertThat(headers.toArray()).containsExactly(model.toArray(new Header[0]));
            assertThat(headers.size()).isEqualTo(model.size());
        }
    }

    private static RecordHeaders headers(String... keys) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < keys.length; i++) {
            headers.add(header(keys[i], i));
        }
        return headers;
    }

    private static Header header(String key, int value) {
        return new RecordHeader(key, new byte[] {(byte) value});
    }
}
