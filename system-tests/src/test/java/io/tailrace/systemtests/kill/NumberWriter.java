package io.tailrace.systemtests.kill;

import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * An idempotent producer that writes rising numbers. The first one posts some and flushes; the other one sends, and always has some
 * records on their way.
 */
final class NumberWriter extends Worker {
    private static final int MOST_AT_ONCE = 300;
    private static final int MOST_ON_THEIR_WAY = 1000;

    private record Sent(Mark mark, CompletableFuture<RecordMetadata> metadata) {}

    private final Victim victim;
    private final int id;
    private final SplittableRandom random;
    private final Producer<byte[], byte[]> producer;
    private final Deque<Sent> onTheirWay = new ArrayDeque<>();
    private long next;

    NumberWriter(Victim victim, int id, long first, SplittableRandom random) {
        super(victim, "writer-" + id);
        this.victim = victim;
        this.id = id;
        this.random = random;
        this.next = first;
        this.producer = victim.newProducer(ProducerConfig.DEFAULT);
    }

    @Override
    void run() {
        victim.report.write(Report.Kind.BEGINS, id, next);
        try (producer) {
            while (!victim.stopping) {
                int count = random.nextInt(1, MOST_AT_ONCE + 1);
                victim.backlog.acquireUninterruptibly(count);
                if (id == 0) {
                    post(count);
                } else {
                    send(count);
                }
            }
        }
        acknowledge(0);
    }

    private void post(int count) {
        for (int i = 0; i < count; i++) {
            producer.post(new Mark(id, next++).toRecord());
        }
        if (victim.settings.honest()) {
            producer.flush();
        }
        victim.report.write(Report.Kind.ACKNOWLEDGED, id, next - 1);
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            Mark mark = new Mark(id, next++);
            onTheirWay.add(new Sent(mark, producer.send(mark.toRecord())));
        }
        acknowledge(MOST_ON_THEIR_WAY);
    }

    /** Reports what is acknowledged; waits only as long as too many are not. */
    private void acknowledge(int mostLeft) {
        Sent last = null;
        while (!onTheirWay.isEmpty()
                && (onTheirWay.size() > mostLeft
                        || onTheirWay.element().metadata.isDone())) {
            last = onTheirWay.remove();
            last.metadata.join(); // with the failure, if it failed
        }
        if (last != null) {
            victim.report.write(Report.Kind.ACKNOWLEDGED, id, last.mark.number());
            victim.report.write(
                    Report.Kind.WRITTEN,
                    id,
                    last.mark.number(),
                    last.metadata.join().offset());
        }
    }

    @Override
    void stop() {
        // waits for nothing but the log
    }
}
