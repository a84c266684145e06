package io.tailrace.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.AutoOffsetReset.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SmallValuesTest {
    @Test
    void shouldCompareKeyValuesByBothParts() {
        assertThat(KeyValue.pair("a", 1)).isEqualTo(new KeyValue<>("a", 1)).hasSameHashCodeAs(new KeyValue<>("a", 1));
        assertThat(KeyValue.pair("a", 1)).isNotEqualTo(KeyValue.pair("a", 2)).isNotEqualTo(KeyValue.pair("b", 1));
    }

    @Test
    void shouldAllowNullsInAKeyValue() {
        KeyValue<String, String> nothing = KeyValue.pair(null, null);
        assertThat(nothing).isEqualTo(KeyValue.pair(null, null)).hasToString("KeyValue(null, null)");
        assertThat(nothing).isNotEqualTo(KeyValue.pair("a", null));
    }

    @Test
    void shouldTellTheFourOffsetResetsApart() {
        assertThat(AutoOffsetReset.earliest().strategy()).isEqualTo(Strategy.EARLIEST);
        assertThat(AutoOffsetReset.latest().strategy()).isEqualTo(Strategy.LATEST);
        assertThat(AutoOffsetReset.none().strategy()).isEqualTo(Strategy.NONE);
        assertThat(AutoOffsetReset.none().duration()).isEmpty();
        AutoOffsetReset hour = AutoOffsetReset.byDuration(Duration.ofHours(1));
        assertThat(hour.strategy()).isEqualTo(Strategy.BY_DURATION);
        assertThat(hour.duration()).contains(Duration.ofHours(1));
        assertThat(hour)
                .isEqualTo(AutoOffsetReset.byDuration(Duration.ofMinutes(60)))
                .hasSameHashCodeAs(AutoOffsetReset.byDuration(Duration.ofMinutes(60)))
                .isNotEqualTo(AutoOffsetReset.byDuration(Duration.ofMinutes(61)))
                .isNotEqualTo(AutoOffsetReset.earliest());
    }

    @Test
    void shouldRefuseAnOffsetResetIntoTheFuture() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AutoOffsetReset.byDuration(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void shouldRefuseSingleRecordsWhereAStoreRestoresManyOrWhole() {
        BatchingStateRestoreCallback batching = records -> {};
        RecordRestoreCallback whole = records -> {};
        assertThatThrownBy(() -> batching.restore(new byte[1], null)).hasMessageContaining("restoreAll");
        assertThatThrownBy(() -> whole.restore(new byte[1], null)).hasMessageContaining("restoreRecords");
    }

    @Test
    void shouldRestoreFromTheBeginningUnlessAStoreKeepsOffsets() {
        StateStore store = new ForgetfulStore();
        TopicPartition changelog = new TopicPartition("changelog", 0);
        store.commit(Map.of(changelog, 5L));
        assertThat(store.committedOffset(changelog)).isNull();
    }

    @Test
    void shouldCallTheListenerOfASuspendedRestoreOnlyIfItCares() {
        AtomicInteger calls = new AtomicInteger();
        StateRestoreListener listener = new StateRestoreListener() {
            @Override
            public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
                calls.incrementAndGet();
            }

            @Override
            public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
                calls.incrementAndGet();
            }

            @Override
            public void onRestoreEnd(TopicPartition partition, String store, long total) {
                calls.incrementAndGet();
            }
        };
        listener.onRestoreSuspended(new TopicPartition("changelog", 0), "store", 3);
        assertThat(calls).hasValue(0);
    }

    private static final class ForgetfulStore implements StateStore {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {}

        @Override
        public void close() {}

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
