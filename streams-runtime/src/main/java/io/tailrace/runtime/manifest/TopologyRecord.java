package io.tailrace.runtime.manifest;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.errors.TopologyException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of an application's topology in the log: the last record with its id as key in the compacted topic {@value #TOPIC}, a
 * {@link TopologyManifest} as JSON. An application without stores and repartition topics that never had any has none.
 */
public final class TopologyRecord {
    /** One partition; shared by all applications of a log. */
    public static final String TOPIC = "__tailrace_topologies";

    private static final Logger LOG = LoggerFactory.getLogger(TopologyRecord.class);
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final PhysicalPlan plan;
    private final String applicationId;
    private final EventLog log;
    private final @Nullable TopologyManifest before;

    private TopologyRecord(PhysicalPlan plan, String applicationId, EventLog log, @Nullable TopologyManifest before) {
        this.plan = plan;
        this.applicationId = applicationId;
        this.log = log;
        this.before = before;
    }

    /**
     * Compares the topology with the recorded one. To be called before anything is created or deleted for it.
     *
     * @param accepted whether state may be left behind
     * @return the record, to be written when its topics are there
     * @throws TopologyException when state would be left behind and that is not accepted, or could not be read
     */
    public static TopologyRecord check(PhysicalPlan plan, String applicationId, boolean accepted, EventLog log) {
        TopologyManifest now = manifest(plan, log.admin());
        TopologyManifest before = log.admin().findTopic(TOPIC).isPresent() ? read(applicationId, log) : null;
        if (before != null && !now.equals(before)) {
            compare(before, now, plan, applicationId, accepted, log.admin());
        }
        return new TopologyRecord(plan, applicationId, log, before);
    }

    private static TopologyManifest manifest(PhysicalPlan plan, Admin admin) {
        return TopologyManifest.of(plan, topic -> admin.findTopic(topic)
                .map(found -> found.id().toString())
                .orElse(null));
    }

    /** Records the topology, unless it is recorded already. To be called when its internal topics are there. */
    public void write() {
        TopologyManifest now = manifest(plan, log.admin());
        boolean hadNone = before == null && log.admin().findTopic(TOPIC).isEmpty();
        if (!now.equals(before) && !(now.isEmpty() && hadNone)) {
            write(now, applicationId, log);
        }
    }

    private static void compare(
            TopologyManifest before,
            TopologyManifest now,
            PhysicalPlan plan,
            String applicationId,
            boolean accepted,
            Admin admin) {
        TopologyChanges changes = TopologyChanges.between(
                before, now, topic -> admin.findTopic(topic).isPresent(), plan.names()::changelog);
        if (!changes.incompatible().isEmpty()) {
            throw new TopologyException("application " + applicationId
                    + " has changed so that it cannot read its state of before:" + changes
                    + "\nGive a store of another kind another name; or delete its changelog and the local state, and set"
                    + " topology.changes=accept");
        }
        if (changes.loseState() && !accepted) {
            throw new TopologyException("application " + applicationId
                    + " has changed since it ran last, and would leave state behind:" + changes
                    + "\nGive what is orphaned its name of before (generated names change when operators are added before"
                    + " them: name stores and operators yourself), or set topology.changes=accept to go on without what is"
                    + " orphaned or reset");
        }
        if (!changes.isNothing()) {
            LOG.info("Application {} has changed since it ran last:{}", applicationId, changes);
        }
    }

    private static @Nullable TopologyManifest read(String applicationId, EventLog log) {
        TopologyManifest last = null;
        try (Consumer<String, TopologyManifest> consumer =
                log.newConsumer(ConsumerConfig.DEFAULT, new StringDeserializer(), new ManifestDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = log.admin().endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, TopologyManifest> record : consumer.poll(Duration.ofMillis(100))) {
                    if (applicationId.equals(record.key())) {
                        last = record.value();
                    }
                }
            }
        }
        if (last != null && last.format() != TopologyManifest.FORMAT) {
            throw new TopologyException("the record of application " + applicationId + " in " + TOPIC + " has format "
                    + last.format() + ", expected " + TopologyManifest.FORMAT
                    + ": a newer version of Tailrace has written it");
        }
        return last;
    }

    /** What tells a log from others; empty when no application with stores has run on it. */
    public static Optional<String> logId(EventLog log) {
        return log.admin().findTopic(TOPIC).map(topic -> topic.id().toString());
    }

    /** Deletes the record of an application that begins anew. */
    public static void forget(String applicationId, EventLog log) {
        if (log.admin().findTopic(TOPIC).isPresent()) {
            append(applicationId, null, log);
        }
    }

    private static void write(TopologyManifest manifest, String applicationId, EventLog log) {
        if (log.admin().findTopic(TOPIC).isEmpty()) {
            try {
                log.admin().createTopic(new NewTopic(TOPIC, 1, Map.of("cleanup.policy", "compact")));
            } catch (TopicExistsException e) {
                LOG.debug("Another application has just created {}", TOPIC, e);
            }
        }
        append(applicationId, manifest, log);
    }

    private static void append(String applicationId, @Nullable TopologyManifest manifest, EventLog log) {
        try (Producer<String, TopologyManifest> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new ManifestSerializer())) {
            producer.post(new ProducerRecord<>(TOPIC, PARTITION.partition(), applicationId, manifest));
            producer.flush();
        }
    }
}
