package io.tailrace.dsl.lower;

import io.tailrace.common.Murmur2;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.kstream.WindowedSerializer;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.state.Windowed;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends all windows of a key to the partition that the key alone would go to. */
final class WindowedPartitioner<K, V> implements StreamPartitioner<Windowed<K>, V> {
    private final WindowedSerializer<K> serializer;

    WindowedPartitioner(WindowedSerializer<K> serializer) {
        this.serializer = serializer;
    }

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, @Nullable Windowed<K> key, @Nullable V value, int numPartitions) {
        byte[] baseKey = key == null ? null : serializer.serializeBaseKey(topic, new RecordHeaders(), key);
        return baseKey == null ? Optional.empty() : Optional.of(Set.of(Murmur2.toPartition(baseKey, numPartitions)));
    }
}
