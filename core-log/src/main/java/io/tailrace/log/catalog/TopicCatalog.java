package io.tailrace.log.catalog;

import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The topics of a log, kept in the file {@code topics.json}.
 *
 * <p>A topic is created by being written there; its directories follow when its partitions are first used. It is deleted in
 * two steps: {@link #delete} moves it to the file's list of topics being deleted, {@link #finishDeletions} removes its
 * directories and then forgets it. A crash between the two is made good by the next open. Directories that neither list names
 * are never touched.
 *
 * <p><b>Owner:</b> one thread at a time, guarded by the caller. <b>Durable:</b> when a call returns.
 */
public final class TopicCatalog {
    /** Of the file. */
    public static final String NAME = "topics.json";

    private static final int FORMAT_VERSION = 1;

    private final Storage storage;
    private final JsonFile file;
    private final SortedMap<String, TopicEntry> topics = new TreeMap<>();
    private final List<TopicEntry> deleting = new ArrayList<>();

    private TopicCatalog(Storage storage) {
        this.storage = storage;
        this.file = new JsonFile(storage, NAME, FORMAT_VERSION);
    }

    /**
     * Reads the catalog, an empty one when there is none yet, and finishes deletions that a crash has interrupted.
     *
     * @throws StorageException when the file is damaged or of another format version
     */
    public static TopicCatalog open(Storage storage) {
        TopicCatalog catalog = read(storage);
        catalog.finishDeletions();
        return catalog;
    }

    /**
     * Reads the catalog and changes nothing, for a log that is only looked at.
     *
     * @throws StorageException when the file is damaged or of another format version
     */
    public static TopicCatalog read(Storage storage) {
        TopicCatalog catalog = new TopicCatalog(storage);
        if (catalog.file.exists()) {
            JsonObject content = catalog.file.read();
            content.objects("topics").forEach(topic -> catalog.topics.put(topic.string("name"), entry(topic)));
            content.objects("deleting").forEach(topic -> catalog.deleting.add(entry(topic)));
        }
        return catalog;
    }

    /**
     * Writes the catalog of a log that is being made from another one, whose partitions may be there already.
     *
     * @throws StorageException when there is a catalog
     */
    public static void write(Storage storage, Collection<TopicEntry> topics) {
        TopicCatalog catalog = new TopicCatalog(storage);
        if (catalog.file.exists()) {
            throw new StorageException(catalog.file.path(), "exists, expected a directory without a log");
        }
        topics.forEach(topic -> catalog.topics.put(topic.name(), topic));
        catalog.save();
    }

    /** All topics by name, a live view. */
    public Collection<TopicEntry> topics() {
        return Collections.unmodifiableCollection(topics.values());
    }

    /** Topics whose directories {@link #finishDeletions} will remove. */
    public List<TopicEntry> deleting() {
        return List.copyOf(deleting);
    }

    /**
     * @throws TopicExistsException when the name is taken
     * @throws StorageException when a directory is in the way, whose records would else appear in the new topic
     */
    public void create(TopicEntry topic) {
        if (topics.containsKey(topic.name())) {
            throw new TopicExistsException(topic.name());
        }
        finishDeletions();
        checkNothingInTheWay(topic, topic.directories());
        topics.put(topic.name(), topic);
        try {
            save();
        } catch (RuntimeException e) {
            topics.remove(topic.name());
            throw e;
        }
    }

    private void checkNothingInTheWay(TopicEntry topic, List<String> newDirectories) {
        for (String directory : newDirectories) {
            if (storage.exists(directory)) {
                throw new StorageException(
                        JsonFile.nameOf(storage) + "/" + directory,
                        "exists although " + NAME + " has no such partition of topic '" + topic.name()
                                + "'; move it away, or restore the " + NAME + " that it belongs to");
            }
        }
    }

    /**
     * The topic has more partitions or other configs.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     * @throws StorageException when the directory of a new partition is in the way
     */
    public void replace(TopicEntry topic) {
        TopicEntry old = topics.get(topic.name());
        if (old == null) {
            throw new UnknownTopicOrPartitionException(topic.name());
        }
        checkNothingInTheWay(topic, topic.directories().subList(old.partitions(), topic.partitions()));
        topics.put(topic.name(), topic);
        try {
            save();
        } catch (RuntimeException e) {
            topics.put(topic.name(), old);
            throw e;
        }
    }

    /**
     * The topic is gone when this returns, its files are there until {@link #finishDeletions}.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     */
    public void delete(String name) {
        TopicEntry topic = topics.remove(name);
        if (topic == null) {
            throw new UnknownTopicOrPartitionException(name);
        }
        deleting.add(topic);
        try {
            save();
        } catch (RuntimeException e) {
            deleting.remove(topic);
            topics.put(name, topic);
            throw e;
        }
    }

    /** Removes the directories of deleted topics; their partitions must be closed. */
    public void finishDeletions() {
        if (deleting.isEmpty()) {
            return;
        }
        for (TopicEntry topic : deleting) {
            for (String directory : topic.directories()) {
                if (storage.exists(directory)) {
                    storage.deleteDirectory(directory);
                }
            }
        }
        storage.forceDirectory(
                ""); // or, after a power loss, the directories could come back when nobody knows them any more
        List<TopicEntry> deleted = List.copyOf(deleting);
        deleting.clear();
        try {
            save();
        } catch (RuntimeException e) {
            deleting.addAll(deleted);
            throw e;
        }
    }

    private void save() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("topics", topics.values().stream().map(TopicCatalog::fields).toList());
        content.put("deleting", deleting.stream().map(TopicCatalog::fields).toList());
        file.write(content);
    }

    private static Map<String, Object> fields(TopicEntry topic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", topic.name());
        fields.put("id", topic.id());
        fields.put("partitions", topic.partitions());
        fields.put("configs", new TreeMap<>(topic.configs()));
        return fields;
    }

    private static TopicEntry entry(JsonObject fields) {
        try {
            return new TopicEntry(
                    fields.string("name"),
                    UUID.fromString(fields.string("id")),
                    fields.integer("partitions"),
                    fields.strings("configs"));
        } catch (IllegalArgumentException | InvalidTopicException e) {
            throw new StorageException("read", fields.file(), e);
        }
    }
}
