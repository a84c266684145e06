package io.tailrace.dsl.lower;

import io.tailrace.dsl.operator.StreamOperators;
import io.tailrace.dsl.plan.Rekeying;
import io.tailrace.dsl.plan.Repartition;
import io.tailrace.dsl.plan.Sink;
import io.tailrace.kstream.WindowedSerializer;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.time.FailOnInvalidTimestamp;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serializer;
import io.tailrace.topology.ProcessorSpec;
import io.tailrace.topology.RepartitionTopic;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.TopologyBuilder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What writes to topics: the sinks of the program, and repartition topics with their filter, sink and source. */
final class TopicWriters {
    private TopicWriters() {}

    static void add(Sink sink, TopologyBuilder builder) {
        SinkSpec target = sink.target();
        builder.addSink(new SinkSpec(
                target.name(),
                target.topic(),
                target.topicNameExtractor(),
                target.keySerializer(),
                target.valueSerializer(),
                partitioner(target.partitioner(), target.keySerializer()),
                List.of(sink.stream().name())));
    }

    static void add(Repartition repartition, TopologyBuilder builder) {
        Rekeying how = repartition.rekeying();
        Serde<?> keySerde = how.keySerde();
        Serde<?> valueSerde = how.valueSerde();
        Serializer<?> keySerializer = keySerde == null ? null : keySerde.serializer();
        builder.addRepartitionTopic(new RepartitionTopic(how.topic(), how.partitions()));
        builder.addProcessor(new ProcessorSpec(
                how.filter(),
                repartition.dropsNullKeys() ? withKeyOnly() : StreamOperators.passThrough(),
                List.of(repartition.stream().name()),
                Set.of()));
        builder.addSink(new SinkSpec(
                how.sink(),
                how.topic(),
                null,
                keySerializer,
                valueSerde == null ? null : valueSerde.serializer(),
                partitioner(how.partitioner(), keySerializer),
                List.of(how.filter())));
        builder.addSource(new SourceSpec(
                how.source(),
                Set.of(how.topic()),
                null,
                new FailOnInvalidTimestamp(), // records have their event time by now, whatever extracted it
                keySerde == null ? null : keySerde.deserializer(),
                valueSerde == null ? null : valueSerde.deserializer()));
    }

    private static ProcessorSupplier<Object, Object, Object, Object> withKeyOnly() {
        return StreamOperators.filter((key, value) -> key != null, true);
    }

    private static @Nullable StreamPartitioner<?, ?> partitioner(
            @Nullable StreamPartitioner<?, ?> given, @Nullable Serializer<?> keySerializer) {
        if (given == null && keySerializer instanceof WindowedSerializer<?> windowed) {
            return new WindowedPartitioner<>(windowed);
        }
        return given;
    }
}
