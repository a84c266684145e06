package io.tailrace.runtime.manifest;

import io.tailrace.runtime.manifest.TopologyManifest.Store;
import io.tailrace.runtime.manifest.TopologyManifest.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a topology differs from the one that ran last: for people, one line per store or topic. Immutable.
 *
 * @param kept is found again with everything in it
 * @param added begins empty
 * @param orphaned has content that nobody would look at any more
 * @param stranded begins empty although there is, or was, content under its name
 * @param incompatible has content of which the new topology could make no sense
 */
record TopologyChanges(
        List<String> kept,
        List<String> added,
        List<String> orphaned,
        List<String> stranded,
        List<String> incompatible) {
    /**
     * @param inLog whether a topic exists: what was deleted of a store that is gone, too, is not missed
     * @param changelog of a store
     */
    static TopologyChanges between(
            TopologyManifest before, TopologyManifest now, Predicate<String> inLog, UnaryOperator<String> changelog) {
        TopologyChanges changes = new TopologyChanges(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, Store> old = new LinkedHashMap<>();
        before.stores().forEach(store -> old.put(store.name(), store));
        now.stores().forEach(store -> changes.add(store, old.remove(store.name())));
        for (Store store : old.values()) {
            String topic = changelog.apply(store.name());
            if (store.logged() && inLog.test(topic)) {
                changes.orphaned.add("store '" + store.name() + "', a " + store.kind() + " with changelog " + topic);
            } else if (!store.global() && !store.logged() && store.persistent()) {
                changes.orphaned.add("store '" + store.name() + "', a " + store.kind() + " in sub-topology "
                        + store.subtopology() + " without changelog");
            }
        }
        Map<String, Topic> oldTopics = new LinkedHashMap<>();
        before.repartitionTopics().forEach(topic -> oldTopics.put(topic.name(), topic));
        now.repartitionTopics().forEach(topic -> changes.add(topic, oldTopics.remove(topic.name())));
        oldTopics.values().stream()
                .filter(topic -> inLog.test(topic.name()))
                .forEach(topic -> changes.orphaned.add("repartition topic " + topic.name()
                        + "; records in it that were not processed yet never will be"));
        return changes;
    }

    private void add(Store store, @Nullable Store before) {
        String name = "store '" + store.name() + "'";
        if (before == null) {
            added.add(name + ", a " + store.kind());
        } else if (before.changelogId() != null
                && store.logged()
                && !before.changelogId().equals(store.changelogId())) {
            stranded.add(name + " has lost its changelog, which was deleted"
                    + (store.changelogId() == null ? "" : " and made anew")
                    + ": it would not have what was processed before");
        } else if (!before.kind().equals(store.kind()) || before.global() != store.global()) {
            incompatible.add(name + " was a " + described(before) + ", is a " + described(store));
        } else if (store.global()) {
            kept.add(name);
        } else if (store.logged() && !before.logged() && before.persistent()) {
            stranded.add(name + " had no changelog and gets one: a restore would not bring back what it holds now");
        } else if (before.subtopology() == store.subtopology() || before.logged()) {
            kept.add(name
                    + (before.subtopology() == store.subtopology()
                            ? ""
                            : ", which is restored into sub-topology " + store.subtopology() + ", before "
                                    + before.subtopology()));
        } else if (before.persistent()) {
            stranded.add(name + " moves from sub-topology " + before.subtopology() + " to " + store.subtopology()
                    + " and has no changelog to move with");
        } else {
            kept.add(name);
        }
    }

    private static String described(Store store) {
        return (store.global() ? "topic-filled " : "") + store.kind();
    }

    private void add(Topic topic, @Nullable Topic before) {
        (before == null ? added : kept).add("repartition topic " + topic.name());
    }

    /** Whether something that is there would be left behind. */
    boolean loseState() {
        return !orphaned.isEmpty() || !stranded.isEmpty() || !incompatible.isEmpty();
    }

    boolean isNothing() {
        return added.isEmpty() && !loseState();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, "kept", kept);
        append(text, "new", added);
        append(text, "orphaned", orphaned);
        append(text, "reset", stranded);
        append(text, "incompatible", incompatible);
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, List<String> lines) {
        lines.forEach(line -> text.append("\n  ").append(kind).append(": ").append(line));
    }
}
