package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.state.WindowStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Window stores that keep all values of a key and window start. */
class DuplicatesStoreTest extends StoreContract {
    private WindowStore<String, Object> windows;

    @SuppressWarnings("NullAway.Init") // set before each test
    DuplicatesStoreTest(StoreVariant variant) {
        super(variant);
    }

    @BeforeEach
    void take() {
        windows = ((WindowSubject) subject()).store();
    }

    private String entry(String key, long seconds, long number) {
        return key + "@" + seconds * 1000 + "="
                + Values.shown(variant.kind().values.of(number));
    }

    private List<String> twice(long seconds, boolean forward) {
        return List.copyOf(subject().owner().range("a", "a", 0, seconds * 1000, forward));
    }

    @Test
    void shouldKeepDuplicatesInTheOrderOfTheirArrival() {
        put("a", 20, 1);
        put("a", 20, 2);
        put("a", 20, 3);
        assertThat(twice(20, true)).containsExactly(entry("a", 20, 1), entry("a", 20, 2), entry("a", 20, 3));
        assertThat(twice(20, false)).containsExactly(entry("a", 20, 3), entry("a", 20, 2), entry("a", 20, 1));
        assertThat(windows.fetch("a", 20_000)).isEqualTo(variant.kind().values.of(3));
    }

    @Test
    void shouldIgnoreNull() {
        put("a", 20, 1);
        delete("a", 20);
        delete("b", 400);
        assertThat(twice(20, true)).containsExactly(entry("a", 20, 1));
        store().commit();
        assertThat(store().changelog()).hasSize(variant.logged() ? 1 : 0);
    }

    @Test
    void shouldNotOverwriteDuplicatesAfterARestart() {
        put("a", 20, 1);
        put("a", 20, 2);
        store().commit();
        restart();
        put("a", 20, 3);
        assertThat(twice(20, true))
                .containsExactlyElementsOf(
                        variant.persistent()
                                ? List.of(entry("a", 20, 1), entry("a", 20, 2), entry("a", 20, 3))
                                : List.of(entry("a", 20, 3)));
    }

    @Test
    void shouldNotOverwriteDuplicatesAfterARestore() throws IOException {
        put("a", 20, 1);
        put("a", 20, 2);
        store().commit();
        if (variant.logged()) {
            OpenStore copy = restored();
            copy.subject().put("a", 20_000, 20_000, 3L);
            assertThat(copy.subject().owner().all(true))
                    .containsExactly(entry("a", 20, 1), entry("a", 20, 2), entry("a", 20, 3));
        }
    }

    @Test
    void shouldExpireDuplicatesWithTheirWindow() {
        put("a", 100, 1);
        put("a", 100, 2);
        put("b", 300, 3);
        assertThat(subject().owner().all(true)).containsExactly(entry("b", 300, 3));
    }
}
