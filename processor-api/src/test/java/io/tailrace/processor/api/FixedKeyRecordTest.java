package io.tailrace.processor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class FixedKeyRecordTest {
    private final Record<String, Integer> input = new Record<>("k", 1, 10, RecordTest.headers("h"));
    private final FixedKeyRecord<String, Integer> record = InternalFixedKeyRecordFactory.create(input);

    @Test
    void shouldHoldTheRecordItWasMadeFrom() {
        assertThat(record.key()).isEqualTo("k");
        assertThat(record.value()).isEqualTo(1);
        assertThat(record.timestamp()).isEqualTo(10);
        assertThat(record.headers()).isEqualTo(RecordTest.headers("h"));
        assertThat(InternalFixedKeyRecordFactory.toRecord(record)).isEqualTo(input);
    }

    @Test
    void shouldKeepItsKeyInEveryRecordMadeFromIt() {
        FixedKeyRecord<String, String> derived =
                record.withValue("v").withTimestamp(11).withHeaders(RecordTest.headers("other"));
        assertThat(InternalFixedKeyRecordFactory.toRecord(derived))
                .isEqualTo(new Record<>("k", "v", 11, RecordTest.headers("other")));
        assertThat(record).isEqualTo(InternalFixedKeyRecordFactory.create(input));
    }

    @Test
    void shouldNotChangeTheHeadersOfTheRecordItWasMadeFrom() {
        record.headers().add("new", new byte[0]);
        assertThat(input.headers()).hasSize(1);
    }

    @Test
    void shouldSayThatAContextualProcessorWasNotInitialized() {
        ContextualProcessor<String, String, String, String> processor = new ContextualProcessor<>() {
            @Override
            public void process(Record<String, String> record) {
                context().forward(record);
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> processor.process(new Record<>("k", "v", 0)))
                .withMessageContaining("super.init(context)");

        ContextualFixedKeyProcessor<String, Integer, Integer> fixed = new ContextualFixedKeyProcessor<>() {
            @Override
            public void process(FixedKeyRecord<String, Integer> record) {
                context().forward(record);
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> fixed.process(record))
                .withMessageContaining("super.init(context)");
    }
}
