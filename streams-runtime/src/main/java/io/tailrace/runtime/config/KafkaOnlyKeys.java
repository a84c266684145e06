package io.tailrace.runtime.config;

import io.tailrace.common.config.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams' keys that are not ours. Those that only say how to reach a broker, or how several processes share work,
 * have no meaning in an embedded application: they are accepted, so that an application ports without edits, and named once
 * as having no effect. Those that switch a function that does not exist here would change results silently, so they are
 * refused.
 */
final class KafkaOnlyKeys {
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "bootstrap.servers",
            "replication.factor",
            "client.id",
            "security.protocol",
            "request.timeout.ms",
            "connections.max.idle.ms",
            "metadata.max.age.ms",
            "metadata.recovery.strategy",
            "metadata.recovery.rebootstrap.trigger.ms",
            "receive.buffer.bytes",
            "send.buffer.bytes",
            "reconnect.backoff.ms",
            "reconnect.backoff.max.ms",
            "retries",
            "retry.backoff.ms",
            "acceptable.recovery.lag",
            "max.warmup.replicas",
            "probing.rebalance.interval.ms",
            "task.timeout.ms",
            "group.protocol",
            "upgrade.from",
            "default.client.supplier",
            "task.assignor.class",
            "rack.aware.assignment.strategy",
            "rack.aware.assignment.tags",
            "rack.aware.assignment.traffic_cost",
            "rack.aware.assignment.non_overlap_cost",
            "enable.metrics.push",
            "session.timeout.ms",
            "heartbeat.interval.ms",
            "max.poll.interval.ms");

    private static final List<String> PREFIXES_WITHOUT_EFFECT = List.of(
            "consumer.",
            "main.consumer.",
            "restore.consumer.",
            "global.consumer.",
            "producer.",
            "admin.",
            "client.tag.",
            "ssl.",
            "sasl.");

    /** Key to what it would switch. */
    private static final Map<String, String> NOT_SUPPORTED_YET = Map.ofEntries(
            Map.entry("num.standby.replicas", "standby tasks"),
            Map.entry("topology.optimization", "rewriting the topology"),
            Map.entry("dsl.store.suppliers.class", "another default store of the DSL"),
            Map.entry("default.dsl.store", "another default store of the DSL"),
            Map.entry("dsl.store.format", "another store format of the DSL"),
            Map.entry("windowed.inner.class.serde", "a default inner serde of windowed keys"),
            Map.entry("window.size.ms", "a default size of windowed keys"),
            Map.entry("windowstore.changelog.additional.retention.ms", "longer retention of window changelogs"),
            Map.entry("ensure.explicit.internal.resource.naming", "the check for names given by hand"),
            Map.entry("repartition.purge.interval.ms", "purging of repartition topics"),
            Map.entry("state.cleanup.delay.ms", "the removal of unused task directories"),
            Map.entry("state.cleanup.dir.max.age.ms", "the removal of unused task directories"),
            Map.entry("allow.os.group.write.access", "directories that the group may write"),
            Map.entry("built.in.metrics.version", "Kafka's metrics: give the application a MeterRegistry"),
            Map.entry("metric.reporters", "Kafka's metrics: give the application a MeterRegistry"),
            Map.entry("metrics.num.samples", "Kafka's metrics: give the application a MeterRegistry"),
            Map.entry("metrics.recording.level", "Kafka's metrics: give the application a MeterRegistry"),
            Map.entry("metrics.sample.window.ms", "Kafka's metrics: give the application a MeterRegistry"));

    /** Values that switch such a function off, which is how things are: these are accepted. */
    private static final Map<String, String> OFF = Map.of(
            "num.standby.replicas", "0",
            "topology.optimization", "none");

    private KafkaOnlyKeys() {}

    static boolean isWithoutEffect(String key) {
        return OFF.containsKey(key)
                || WITHOUT_EFFECT.contains(key)
                || PREFIXES_WITHOUT_EFFECT.stream().anyMatch(key::startsWith);
    }

    /** @throws ConfigException when the setting switches on a function that does not exist yet */
    static void requireSupported(String key, @Nullable Object value) {
        String function = NOT_SUPPORTED_YET.get(key);
        if (function != null && !String.valueOf(value).equals(OFF.get(key))) {
            throw new ConfigException("config '" + key + "' is not supported yet: Tailrace does not have " + function
                    + "; remove the key");
        }
    }
}
