package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long after it was due does a record arrive at a consumer?
 *
 * <p>Records are due at fixed times, and the time counts from there, not from when the producer got around to sending: a
 * stall is charged to every record that it delays (no coordinated omission).
 */
final class Latency {
    private static final long SPIN_NS = 100_000; // the shortest sleep that returns in time
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final double NS_PER_US = 1_000;

    private final Contender contender;
    private final Job job;
    private final AtomicInteger received = new AtomicInteger();
    private volatile Histogram histogram = newHistogram();

    private Latency(Contender contender, Job job) {
        this.contender = contender;
        this.job = job;
    }

    private static Histogram newHistogram() {
        return new Histogram(LONGEST_NS, 3);
    }

    static Result measure(Job job, Path directory) throws IOException, InterruptedException {
        try (Contender contender = Worker.open(job, directory)) {
            return new Latency(contender, job).run();
        }
    }

    private Result run() throws IOException, InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch ready = new CountDownLatch(1);
        Thread consumer = new Thread(
                () -> {
                    try {
                        contender.receive(this::received, ready::countDown, stop::get);
                    } catch (IOException | RuntimeException | Error e) {
                        failure.set(e);
                        ready.countDown();
                    }
                },
                "consumer");
        consumer.start();
        try {
            ready.await();
            for (int i = 0; i < job.warmups(); i++) {
                send(failure);
            }
            List<Double> p99s = new ArrayList<>();
            Histogram all = newHistogram();
            double cpuBefore = Worker.cpuSeconds(contender);
            for (int i = 0; i < job.repetitions(); i++) {
                histogram = newHistogram();
                send(failure);
                p99s.add(histogram.getValueAtPercentile(99) / NS_PER_US);
                all.add(histogram);
            }
            double cpu = Worker.cpuSeconds(contender) - cpuBefore;
            double cpuPerMillion = cpu / job.repetitions() / job.count() * 1e6;
            return new Result(job, p99s, "us p99", cpuPerMillion, percentiles(all));
        } finally {
            stop.set(true);
            consumer.join();
        }
    }

    private void send(AtomicReference<Throwable> failure) throws IOException {
        received.set(0);
        long periodNs = 1_000_000_000L / job.rate();
        long start = System.nanoTime() + periodNs;
        for (int i = 0; i < job.count(); i++) {
            long due = start + i * periodNs;
            awaitTime(due);
            byte[] value = new byte[job.recordBytes()];
            ByteBuffer.wrap(value).putLong(due);
            contender.send(value);
        }
        long giveUp = System.nanoTime() + LONGEST_NS;
        while (received.get() < job.count()) {
            if (failure.get() != null || System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException(
                        "received " + received.get() + " records, expected " + job.count(), failure.get());
            }
            LockSupport.parkNanos(SPIN_NS);
        }
    }

    private static void awaitTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (left > 2 * SPIN_NS) {
                LockSupport.parkNanos(left - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void received(byte[] value) {
        long now = System.nanoTime();
        histogram.recordValue(Math.min(LONGEST_NS, now - ByteBuffer.wrap(value).getLong()));
        received.incrementAndGet();
    }

    private static Map<String, Double> percentiles(Histogram histogram) {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        for (double percentile : new double[] {50, 90, 99, 99.9, 99.99}) {
            percentiles.put("p" + percentile, histogram.getValueAtPercentile(percentile) / NS_PER_US);
        }
        percentiles.put("max", histogram.getMaxValue() / NS_PER_US);
        return percentiles;
    }
}
