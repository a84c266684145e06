package io.tailrace.log.client;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import io.tailrace.serde.Deserializer;
import org.jspecify.annotations.Nullable;

/** Makes records of what is stored. */
record RecordDecoder<K, V>(Deserializer<? extends K> keyDeserializer, Deserializer<? extends V> valueDeserializer) {

    /** @throws SerializationException naming the record, when its key or value does not deserialize */
    ConsumerRecord<K, V> decode(PartitionCursor cursor) {
        TopicPartition partition = cursor.topicPartition();
        Headers headers = cursor.headers();
        byte[] key = cursor.key();
        byte[] value = cursor.value();
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                cursor.offset(),
                cursor.timestamp(),
                cursor.timestampType(),
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                deserialize(keyDeserializer, cursor, headers, key, "key"),
                deserialize(valueDeserializer, cursor, headers, value, "value"),
                headers);
    }

    private static <T> @Nullable T deserialize(
            Deserializer<? extends T> deserializer,
            PartitionCursor cursor,
            Headers headers,
            byte @Nullable [] bytes,
            String part) {
        try {
            return deserializer.deserialize(cursor.topicPartition().topic(), headers, bytes);
        } catch (RuntimeException e) {
            throw new SerializationException(
                    cursor.where() + ": cannot deserialize the " + part + " of "
                            + (bytes == null ? "null" : bytes.length + " bytes") + " with "
                            + deserializer.getClass().getName() + ": " + e + "; seek to " + (cursor.offset() + 1)
                            + " to skip the record",
                    e);
        }
    }
}
