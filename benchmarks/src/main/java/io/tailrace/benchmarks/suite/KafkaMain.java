package io.tailrace.benchmarks.suite;

import java.util.List;

/** What the broker's process runs: formats the storage, then Kafka's own main; ends when its parent does. */
final class KafkaMain {
    private KafkaMain() {}

    /** @param arguments the file of the broker's properties */
    public static void main(String[] arguments) {
        ChildJvm.endWithParent();
        int status = kafka.tools.StorageTool.execute(
                List.of(
                                "format",
                                "--cluster-id",
                                org.apache.kafka.common.Uuid.randomUuid().toString(),
                                "--config",
                                arguments[0])
                        .toArray(String[]::new),
                System.out);
        if (status != 0) {
            throw new IllegalStateException("formatting the storage failed with " + status);
        }
        kafka.Kafka.main(new String[] {arguments[0]});
    }
}
