package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores of the values of a key over time (KIP-889). */
class VersionedStoreTest extends StoreContract {
    private VersionedKeyValueStore<String, Object> versions;

    @SuppressWarnings("NullAway.Init") // set before each test
    VersionedStoreTest(StoreVariant variant) {
        super(variant);
    }

    @BeforeEach
    void take() {
        versions = ((VersionedSubject) subject()).store();
    }

    private static @Nullable String shown(@Nullable VersionedRecord<Object> version) {
        return version == null ? null : VersionedSubject.shown(version);
    }

    @Test
    void shouldSayWhereANewVersionEnds() {
        assertThat(versions.put("a", 1L, 20_000)).isEqualTo(VersionedKeyValueStore.PUT_RETURN_CODE_VALID_TO_UNDEFINED);
        assertThat(versions.put("a", 2L, 10_000)).isEqualTo(20_000);
        assertThat(versions.put("a", null, 15_000)).isEqualTo(20_000);
        assertThat(versions.put("a", 3L, 20_000)).isEqualTo(VersionedKeyValueStore.PUT_RETURN_CODE_VALID_TO_UNDEFINED);
        versions.put("b", 4L, 300_000);
        assertThat(versions.put("a", 5L, 99_999)).isEqualTo(VersionedKeyValueStore.PUT_RETURN_CODE_NOT_PUT);
        assertThat(versions.put("a", 5L, 100_000)).isEqualTo(VersionedKeyValueStore.PUT_RETURN_CODE_VALID_TO_UNDEFINED);
    }

    @Test
    void shouldFindWhatWasValidAtATime() {
        put("a", 10, 1);
        put("a", 30, 3);
        put("a", 20, 2);
        delete("a", 40);
        assertThat(shown(versions.get("a"))).isNull();
        assertThat(shown(versions.get("a", 9_999))).isNull();
        assertThat(shown(versions.get("a", 10_000))).isEqualTo("10000..20000=1");
        assertThat(shown(versions.get("a", 29_999))).isEqualTo("20000..30000=2");
        assertThat(shown(versions.get("a", 39_999))).isEqualTo("30000..40000=3");
        assertThat(shown(versions.get("a", 40_000))).isNull();
        put("a", 50, 5);
        assertThat(shown(versions.get("a"))).isEqualTo("50000..=5");
    }

    @Test
    void shouldReturnWhatADeletionEnds() {
        put("a", 10, 1);
        assertThat(shown(versions.delete("a", 20_000))).isEqualTo("10000..=1");
        assertThat(shown(versions.delete("a", 30_000))).isNull();
        assertThat(shown(versions.get("a", 15_000))).isEqualTo("10000..20000=1");
        put("b", 300, 1);
        assertThat(versions.delete("a", 50_000)).isNull();
    }

    @Test
    void shouldKeepTheLatestVersionForEver() {
        put("a", 10, 1);
        put("b", 1_000, 2);
        assertThat(shown(versions.get("a"))).isEqualTo("10000..=1");
        assertThat(shown(versions.get("a", 10_000))).isEqualTo("10000..=1");
        put("a", 900, 3);
        assertThat(shown(versions.get("a", 500_000))).isNull();
        assertThat(shown(versions.get("a", 899_999))).isEqualTo("10000..900000=1");
    }

    @Test
    void shouldShowTheHistoryOfAKeyToOthers() {
        put("a", 10, 1);
        put("a", 20, 2);
        delete("a", 30);
        put("a", 40, 4);
        store().commit();
        assertThat(subject().reader().ofKey("a", 0, 100_000, true))
                .containsExactly("a@10000..20000=1", "a@20000..30000=2", "a@40000..=4");
        assertThat(subject().reader().ofKey("a", 20_000, 39_000, false)).containsExactly("a@20000..30000=2");
        assertThat(subject().reader().ofKey("b", 0, 100_000, true)).isEqualTo(List.of());
    }

    @Test
    void shouldLogVersionsAsTheyCame() {
        put("a", 20, 2);
        put("a", 10, 1);
        delete("a", 15);
        store().commit();
        if (variant.logged()) {
            assertThat(store().changelog())
                    .extracting(ConsumerRecord::timestamp)
                    .containsExactly(20_000L, 10_000L, 15_000L);
            assertThat(store().changelog())
                    .allSatisfy(entry -> assertThat(entry.key()).containsExactly('a'));
            assertThat(Objects.requireNonNull(store().changelog().get(0).value()))
                    .hasSize(Long.BYTES);
        }
    }

    @Test
    void shouldRefuseACache() {
        StoreBuilder<?> builder = variant.builder();
        assertThatThrownBy(builder::withCachingEnabled)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("store 'store' is versioned");
    }

    @Test
    void shouldRefuseANegativeTime() {
        assertThatThrownBy(() -> versions.put("a", 1L, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("store 'store'", "-1");
    }
}
