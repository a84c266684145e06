package io.tailrace.log.inspect;

import io.tailrace.common.TopicPartition;
import java.util.List;

/**
 * What was copied of one partition, and what was not.
 *
 * @param batches copied
 * @param records copied, with their offsets
 * @param bytes copied
 * @param lost in the order of offsets
 * @param openTransactions transactions that have not ended, for example {@code "producer 7 from offset 12"}. When damage took
 *     the marker, nobody will end them: see the documentation of the tool
 */
public record SalvagedPartition(
        TopicPartition topicPartition,
        long batches,
        long records,
        long bytes,
        List<LostRange> lost,
        List<String> openTransactions) {}
