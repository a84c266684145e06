package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Entries;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores of one aggregate per key and session. Entries are {@code key@start..end}, in seconds. */
class SessionStoreTest extends StoreContract {
    private SessionStore<String, Object> sessions;

    @SuppressWarnings("NullAway.Init") // set before each test
    SessionStoreTest(StoreVariant variant) {
        super(variant);
    }

    @BeforeEach
    void take() {
        sessions = ((SessionSubject) subject()).store();
    }

    private void put(String key, long startSeconds, long endSeconds, long number) {
        subject().put(key, startSeconds * 1000, endSeconds * 1000, number);
    }

    private static List<String> found(KeyValueIterator<Windowed<String>, Object> scan) {
        return Entries.list(scan).stream()
                .map(entry -> Objects.requireNonNull(entry.key))
                .map(session -> session.key() + "@" + session.window().start() / 1000 + ".."
                        + session.window().end() / 1000)
                .toList();
    }

    @Test
    void shouldFetchOneSession() {
        put("a", 10, 20, 1);
        put("a", 10, 20, 2);
        put("a", 15, 20, 3);
        assertThat(sessions.fetchSession("a", 10_000, 20_000))
                .isEqualTo(variant.kind().values.of(2));
        assertThat(sessions.fetchSession("a", 10_000, 19_000)).isNull();
        sessions.remove(new Windowed<>("a", new SessionWindow(10_000, 20_000)));
        assertThat(sessions.fetchSession("a", 10_000, 20_000)).isNull();
        assertThat(found(sessions.fetch("a"))).containsExactly("a@15..20");
    }

    @Test
    void shouldFindTheSessionsThatOverlapATime() {
        put("a", 10, 20, 1);
        put("a", 40, 120, 2);
        put("a", 150, 150, 3);
        put("aa", 40, 50, 4);
        assertThat(found(sessions.findSessions("a", 30_000, 130_000))).containsExactly("a@40..120");
        assertThat(found(sessions.findSessions("a", 20_000, 150_000)))
                .containsExactly("a@10..20", "a@40..120", "a@150..150");
        assertThat(found(sessions.backwardFindSessions("a", 20_000, 150_000)))
                .containsExactly("a@150..150", "a@40..120", "a@10..20");
        assertThat(found(sessions.findSessions("a", "b", 30_000, 45_000)))
                .containsExactlyInAnyOrder("a@40..120", "aa@40..50");
        assertThat(found(sessions.backwardFindSessions("aa", null, 0, 45_000))).containsExactly("aa@40..50");
    }

    @Test
    void shouldFindTheSessionsOfAllKeysByTheirEnd() {
        put("b", 10, 20, 1);
        put("a", 10, 30, 2);
        put("a", 40, 120, 3);
        assertThat(found(sessions.findSessions(20_000, 30_000))).containsExactlyInAnyOrder("b@10..20", "a@10..30");
        assertThat(found(sessions.findSessions(31_000, 119_000))).isEmpty();
    }

    @Test
    void shouldFetchTheSessionsOfKeys() {
        put("a", 10, 20, 1);
        put("b", 10, 30, 2);
        put("c", 10, 30, 3);
        assertThat(found(sessions.fetch("a", "b"))).containsExactly("a@10..20", "b@10..30");
        assertThat(found(sessions.backwardFetch("b", null))).containsExactly("c@10..30", "b@10..30");
        assertThat(found(sessions.backwardFetch("b"))).containsExactly("b@10..30");
        assertThat(found(sessions.fetch("d"))).isEmpty();
    }

    @Test
    void shouldExpireSessionsByTheirEnd() {
        put("a", 10, 100, 1);
        put("a", 10, 101, 2);
        put("b", 300, 300, 3);
        assertThat(sessions.fetchSession("a", 10_000, 100_000)).isNull();
        assertThat(found(sessions.fetch(null, null))).containsExactly("a@10..101", "b@300..300");
    }

    @Test
    void shouldDropASessionThatIsTooLate() {
        put("b", 300, 300, 1);
        put("a", 10, 100, 2);
        put("a", 10, 101, 3);
        store().commit();
        assertThat(found(sessions.fetch(null, null))).containsExactly("a@10..101", "b@300..300");
        assertThat(store().changelog()).hasSize(variant.logged() ? 2 : 0);
    }

    @Test
    void shouldRememberTheStreamTime() throws IOException {
        put("a", 300, 300, 1);
        store().commit();
        if (variant.logged()) {
            OpenStore copy = restored();
            copy.subject().put("late", 100_000, 100_000, 1L);
            assertThat(copy.subject().owner().all(true)).hasSize(1);
        }
        restart();
        if (variant.persistent()) {
            put("late", 100, 100, 2);
            assertThat(subject().owner().all(true)).hasSize(1);
        }
    }

    @Test
    void shouldLogKeyEndAndStartInKafkasForm() {
        put("key", 7, 8, 1);
        store().commit();
        if (variant.logged()) {
            ConsumerRecord<byte[], byte[]> entry = store().changelog().get(0);
            assertThat(entry.key())
                    .containsExactly(
                            'k',
                            'e',
                            'y',
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            8_000 >> 8,
                            8_000 & 0xFF,
                            0,
                            0,
                            0,
                            0,
                            0,
                            0,
                            7_000 >> 8,
                            7_000 & 0xFF);
            assertThat(entry.value()).hasSize(Long.BYTES);
        }
    }
}
