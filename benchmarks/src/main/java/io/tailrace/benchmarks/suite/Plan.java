package io.tailrace.benchmarks.suite;

import java.util.ArrayList;
import java.util.List;

/**
 * What is measured. The counts are pinned and the same for every contender of a measurement. A short run has one of each
 * kind, with counts that take a moment: it shows that they work and nothing else.
 */
final class Plan {
    private static final int REPETITIONS = 5;
    private static final String[] CODECS = {"gzip", "snappy", "lz4", "zstd"};

    private final boolean isShort;
    private final List<Job> jobs = new ArrayList<>();

    private Plan(boolean isShort) {
        this.isShort = isShort;
    }

    static List<Job> jobs(boolean isShort) {
        Plan plan = new Plan(isShort);
        if (isShort) {
            plan.oneOfEach();
        } else {
            plan.throughput("append");
            plan.durability();
            plan.throughput("read");
            plan.latency();
            plan.opening();
        }
        return plan.jobs;
    }

    private void oneOfEach() {
        Job append = job("append", 100, true, 1, "none", "OS", 5_000_000, 1);
        add(append, Job.TAILRACE, Job.KAFKA, Job.CHRONICLE, Job.BARE);
        add(job("append", 1_000, false, 1, "none", "FSYNC", 2_000, 1), Job.TAILRACE);
        add(job("read", 1_000, true, 4, "lz4", "OS", 500_000, 1), Job.TAILRACE);
        add(latency(1_000, 1, 1), Job.TAILRACE);
        jobs.add(new Job("open-use", Job.TAILRACE, 100, true, 100, "none", "OS", 1_000, 0, 1, REPETITIONS));
        add(job("recovery", 1_000, true, 1, "none", "OS", 1_000_000, 1), Job.TAILRACE, Job.KAFKA);
    }

    private void throughput(String name) {
        Job small = job(name, 100, true, 1, "none", "OS", 2_000_000, 2);
        Job large = job(name, 1_000, true, 1, "none", "OS", 400_000, 2);
        add(small, Job.TAILRACE, Job.KAFKA, Job.CHRONICLE, Job.BARE);
        add(large, Job.TAILRACE, Job.KAFKA, Job.CHRONICLE, Job.BARE);
        add(job(name, 100, true, 4, "none", "OS", 2_000_000, 2), Job.TAILRACE, Job.KAFKA);
        add(job(name, 1_000, true, 4, "none", "OS", 400_000, 2), Job.TAILRACE, Job.KAFKA);
        for (String codec : CODECS) {
            add(job(name, 100, true, 1, codec, "OS", 1_000_000, 2), Job.TAILRACE, Job.KAFKA);
            add(job(name, 1_000, true, 1, codec, "OS", 200_000, 2), Job.TAILRACE, Job.KAFKA);
        }
        if (name.equals("append")) {
            add(job(name, 100, false, 1, "none", "OS", 20_000, 3), Job.TAILRACE, Job.KAFKA, Job.CHRONICLE, Job.BARE);
            add(job(name, 1_000, false, 1, "none", "OS", 20_000, 3), Job.TAILRACE, Job.KAFKA, Job.CHRONICLE, Job.BARE);
        }
    }

    private void durability() {
        add(job("append", 100, true, 1, "none", "FSYNC", 500_000, 1), Job.TAILRACE, Job.KAFKA, Job.BARE);
        add(job("append", 1_000, true, 1, "none", "FSYNC", 50_000, 1), Job.TAILRACE, Job.KAFKA, Job.BARE);
        add(job("append", 1_000, false, 1, "none", "FSYNC", 300, 1), Job.TAILRACE, Job.KAFKA, Job.CHRONICLE, Job.BARE);
    }

    private void latency() {
        for (int rate : new int[] {1_000, 10_000}) {
            add(latency(rate, 5, 2), Job.TAILRACE, Job.KAFKA, Job.CHRONICLE);
        }
    }

    private static Job latency(int rate, int seconds, int warmups) {
        return new Job(
                "latency", Job.TAILRACE, 100, false, 1, "none", "OS", rate * seconds, rate, warmups, REPETITIONS);
    }

    private void opening() {
        jobs.add(new Job("open", Job.TAILRACE, 100, true, 0, "none", "OS", 0, 0, 3, REPETITIONS));
        jobs.add(new Job("open", Job.TAILRACE, 100, true, 1_000, "none", "OS", 100_000, 0, 1, REPETITIONS));
        jobs.add(new Job("open-use", Job.TAILRACE, 100, true, 1_000, "none", "OS", 100_000, 0, 1, REPETITIONS));
        add(job("recovery", 1_000, true, 1, "none", "OS", 1_000_000, 1), Job.TAILRACE, Job.KAFKA);
        add(job("recovery", 100, true, 1, "none", "OS", 5_000_000, 1), Job.TAILRACE, Job.KAFKA);
        add(job("recovery", 1_000, true, 4, "none", "OS", 1_000_000, 1), Job.TAILRACE);
    }

    private Job job(
            String name,
            int recordBytes,
            boolean batched,
            int partitions,
            String codec,
            String durability,
            int count,
            int warmups) {
        return new Job(
                name,
                Job.TAILRACE,
                recordBytes,
                batched,
                partitions,
                codec,
                durability,
                isShort ? Math.max(100, count / 100) : count,
                0,
                warmups,
                REPETITIONS);
    }

    private void add(Job job, String... contenders) {
        for (String contender : contenders) {
            jobs.add(job.of(contender));
        }
    }
}
