package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A broker of Apache Kafka in KRaft combined mode, in a child process that ends with this one. */
final class KafkaBroker implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final ChildJvm process;
    private final String address;

    private KafkaBroker(ChildJvm process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Formats a directory and starts a broker on it; returns when it answers. */
    static KafkaBroker start(Path directory, boolean fsync) throws IOException {
        int port = freePort();
        int controllerPort = freePort();
        Properties config = new Properties();
        config.put("process.roles", "broker,controller");
        config.put("node.id", "1");
        config.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        config.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("log.dirs", directory.resolve("kafka").toString());
        config.put("offsets.topic.replication.factor", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("log.segment.delete.delay.ms", "0");
        if (fsync) {
            config.put("log.flush.interval.messages", "1");
        }
        Path file = directory.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            config.store(out, null);
        }
        ChildJvm process = ChildJvm.start(
                KafkaMain.class,
                List.of("-Xmx1g", "-Xms1g"),
                List.of(file.toString()),
                directory.resolve("broker.log"));
        String address = "127.0.0.1:" + port;
        try {
            awaitAnswer(process, address);
            return new KafkaBroker(process, address);
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    private static void awaitAnswer(ChildJvm process, String address) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", address, "default.api.timeout.ms", "2000", "request.timeout.ms", "1000"))) {
            while (true) {
                try {
                    admin.describeCluster().nodes().get(2, TimeUnit.SECONDS);
                    return;
                } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
                    if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                        throw new IOException("the broker does not answer; it says: " + process.tail(), e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return address;
    }

    double cpuSeconds() {
        return process.cpuSeconds();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
