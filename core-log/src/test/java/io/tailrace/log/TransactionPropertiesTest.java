package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Several transactional producers and a plain one, at random, against a model: lists of records that know their transaction. */
class TransactionPropertiesTest {
    private static final int PRODUCERS = 3;
    private static final int PARTITIONS = 3;
    private static final String GROUP = "g";

    /** A transaction of the model. */
    private static final class Txn {
        boolean open = true;
        boolean committed;
        final Map<TopicPartition, Long> offsets = new HashMap<>(); // waiting for its end
    }

    private record Entry(String value, Txn txn) {}

    private static final class Run {
        private MemoryStorage storage = new MemoryStorage();
        private EmbeddedLog log = open();
        private final List<Producer<String, String>> producers = new ArrayList<>();
        private Producer<String, String> plain;
        private final Txn[] open = new Txn[PRODUCERS];
        private final List<List<Entry>> partitions = new ArrayList<>();
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private int lastValue;

        Run() {
            log.admin().createTopic(new NewTopic("t", PARTITIONS, Map.of("segment.bytes", "1024")));
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new ArrayList<>());
            }
            plain = makeProducers();
        }

        private EmbeddedLog open() {
            storage = storage.reopen();
            return EmbeddedLog.open(storage, LogOptions.DEFAULT);
        }

        private Producer<String, String> makeProducers() {
            producers.clear();
            for (int i = 0; i < PRODUCERS; i++) {
                producers.add(makeProducer(i));
            }
            return log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer());
        }

        private Producer<String, String> makeProducer(int number) {
            Producer<String, String> producer = log.newProducer(
                    ProducerConfig.DEFAULT.withTransactionalId("t" + number),
                    new StringSerializer(),
                    new StringSerializer());
            producer.initTransactions();
            return producer;
        }

        private static TopicPartition partition(int number) {
            return new TopicPartition("t", number);
        }

        /** @param action says who does what, where */
        void act(int action) {
            int who = action % PRODUCERS;
            int where = action / PRODUCERS % PARTITIONS;
            switch (action / PRODUCERS / PARTITIONS) {
                case 0, 1, 2, 3 -> write(producers.get(who), begun(who), where);
                case 4, 5 -> write(plain, committedAtOnce(), where);
                case 6, 7, 8 -> end(who, /* commit */ true);
                case 9 -> end(who, /* commit */ false);
                case 10, 11 -> commitOffset(who, where);
                case 12 -> takeOver(who);
                default -> reopen();
            }
        }

        private Txn begun(int who) {
            Txn txn = open[who];
            if (txn == null) {
                txn = new Txn();
                open[who] = txn;
                producers.get(who).beginTransaction();
            }
            return txn;
        }

        private static Txn committedAtOnce() {
            Txn none = new Txn();
            none.open = false;
            none.committed = true;
            return none;
        }

        private void write(Producer<String, String> producer, Txn txn, int where) {
            String value = Integer.toString(++lastValue);
            producer.post(new ProducerRecord<>("t", where, null, value));
            producer.flush();
            partitions.get(where).add(new Entry(value, txn));
        }

        private void commitOffset(int who, int where) {
            Txn txn = begun(who);
            long offset = ++lastValue;
            TopicPartition of = partition(who * PARTITIONS % PARTITIONS + where);
            producers
                    .get(who)
                    .sendOffsetsToTransaction(
                            Map.of(of, new OffsetAndMetadata(offset)), new ConsumerGroupMetadata(GROUP + who));
            txn.offsets.put(of, offset);
        }

        private void end(int who, boolean commit) {
            Txn txn = open[who];
            if (txn == null) {
                return;
            }
            if (commit) {
                producers.get(who).commitTransaction();
            } else {
                producers.get(who).abortTransaction();
            }
            ended(who, commit);
        }

        private void ended(int who, boolean commit) {
            Txn txn = open[who];
            open[who] = null;
            if (txn != null) {
                txn.open = false;
                txn.committed = commit;
                if (commit) {
                    txn.offsets.forEach((of, offset) -> committed.put(key(who, of), offset));
                }
            }
        }

        private static TopicPartition key(int who, TopicPartition of) {
            return new TopicPartition(GROUP + who, of.partition());
        }

        private void takeOver(int who) {
            Producer<String, String> older = producers.set(who, makeProducer(who));
            older.close();
            ended(who, false);
        }

        private void reopen() {
            log.close();
            for (int who = 0; who < PRODUCERS; who++) {
                ended(who, false);
            }
            log = open();
            plain = makeProducers();
        }

        void check() {
            for (int where = 0; where < PARTITIONS; where++) {
                List<String> visible = new ArrayList<>();
                for (Entry entry : partitions.get(where)) {
                    if (entry.txn().open) {
                        break;
                    }
                    if (entry.txn().committed) {
                        visible.add(entry.value());
                    }
                }
                assertThat(read(where, IsolationLevel.READ_COMMITTED)).isEqualTo(visible);
                assertThat(read(where, IsolationLevel.READ_UNCOMMITTED))
                        .isEqualTo(
                                partitions.get(where).stream().map(Entry::value).toList());
            }
            for (int who = 0; who < PRODUCERS; who++) {
                Map<TopicPartition, Long> found = new HashMap<>();
                int group = who;
                log.admin()
                        .committedOffsets(GROUP + who)
                        .forEach((of, offset) -> found.put(key(group, of), offset.offset()));
                Map<TopicPartition, Long> expected = new HashMap<>(committed);
                expected.keySet().removeIf(key -> !key.topic().equals(GROUP + group));
                assertThat(found).isEqualTo(expected);
            }
        }

        private List<String> read(int where, IsolationLevel isolation) {
            try (Consumer<String, String> consumer = log.newConsumer(
                    ConsumerConfig.DEFAULT
                            .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                            .withIsolationLevel(isolation),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.assign(List.of(partition(where)));
                long end = consumer.endOffsets(List.of(partition(where))).getOrDefault(partition(where), -1L);
                List<String> values = new ArrayList<>();
                while (consumer.position(partition(where)) < end) {
                    consumer.poll(Duration.ZERO).forEach(record -> values.add(record.value()));
                }
                return values;
            }
        }

        void close() {
            log.close();
        }
    }

    @Property(tries = 150)
    void shouldShowWhatAModelShows(@ForAll @Size(max = 80) List<@IntRange(max = 120) Integer> actions) {
        Run run = new Run();
        try {
            for (int i = 0; i < actions.size(); i++) {
                run.act(actions.get(i));
                if (i % 10 == 9) {
                    run.check();
                }
            }
            run.check();
            run.reopen();
            run.check();
        } finally {
            run.close();
        }
    }
}
