package io.tailrace.systemtests.crash;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.Serdes;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Feeds the numbers of {@link Shop} in transactions, some of which it aborts; how far it got is committed with them. One thread. */
final class ShopFeeder {
    private static final ConsumerGroupMetadata GROUP = new ConsumerGroupMetadata("shop-feeder");
    private static final TopicPartition NEXT = new TopicPartition(Shop.ORDERS, 0);
    private static final int MOST_PER_TRANSACTION = 400;
    private static final int ONE_IN_ABORTED = 8;

    private final EventLog log;
    private final SplittableRandom random;

    ShopFeeder(EventLog log, SplittableRandom random) {
        this.log = log;
        this.random = random;
    }

    /**
     * @param numbers feeds those below
     * @param progress told after each commit how many it has fed now
     */
    void feed(long numbers, BooleanSupplier stopped, LongConsumer progress) {
        OffsetAndMetadata committed =
                log.admin().committedOffsets(GROUP.groupId()).get(NEXT);
        long next = committed == null ? 0 : committed.offset();
        try (Producer<String, String> producer = log.newProducer(
                ProducerConfig.DEFAULT.withTransactionalId(GROUP.groupId()),
                Serdes.String().serializer(),
                Serdes.String().serializer())) {
            producer.initTransactions();
            while (next < numbers && !stopped.getAsBoolean()) {
                long end = Math.min(numbers, next + 1 + random.nextInt(MOST_PER_TRANSACTION));
                producer.beginTransaction();
                for (long n = next; n < end; n++) {
                    producer.post(Shop.record(n));
                }
                if (random.nextInt(ONE_IN_ABORTED) == 0) {
                    producer.flush();
                    producer.abortTransaction();
                    continue;
                }
                producer.sendOffsetsToTransaction(Map.of(NEXT, new OffsetAndMetadata(end)), GROUP);
                producer.commitTransaction();
                progress.accept(end - next);
                next = end;
            }
        }
    }
}
