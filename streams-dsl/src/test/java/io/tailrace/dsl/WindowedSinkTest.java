package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Murmur2;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.TimeWindowedSerializer;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.kstream.WindowedSerdes;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.serde.Serdes;
import io.tailrace.state.TimeWindow;
import io.tailrace.state.Windowed;
import io.tailrace.topology.SinkSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowedSinkTest {
    private final StreamsBuilder builder = new StreamsBuilder();

    @SuppressWarnings("unchecked") // a topology is untyped
    private static Optional<Set<Integer>> partitions(SinkSpec sink, Object key, int count) {
        StreamPartitioner<Object, Object> partitioner = (StreamPartitioner<Object, Object>) sink.partitioner();
        assertThat(partitioner).isNotNull();
        return partitioner == null ? Optional.empty() : partitioner.partitions("out", key, "v", count);
    }

    @Test
    void shouldWriteWindowedKeysWithTheirInheritedSerdeByTheKeyInside() {
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
                .count()
                .toStream()
                .to("out");
        SinkSpec sink = builder.build().graph().sinks().get(0);
        assertThat(sink.keySerializer()).isInstanceOf(TimeWindowedSerializer.class);
        int expected = Murmur2.toPartition("berlin".getBytes(StandardCharsets.UTF_8), 7);
        for (long start = 0; start < 100; start += 10) {
            Windowed<String> key = new Windowed<>("berlin", new TimeWindow(start, start + 10));
            assertThat(partitions(sink, key, 7)).contains(Set.of(expected));
        }
    }

    @Test
    void shouldKeepAPartitionerOfTheUser() {
        StreamPartitioner<Windowed<String>, Object> third = (topic, key, value, count) -> Optional.of(Set.of(3));
        builder.<Windowed<String>, Object>stream("in")
                .to("out", Produced.with(WindowedSerdes.timeWindowedSerdeFrom(String.class, 10), null, third));
        assertThat(builder.build().graph().sinks().get(0).partitioner()).isSameAs(third);
    }
}
