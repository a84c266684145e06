package io.tailrace.log;

import io.tailrace.common.errors.LogLockedException;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.catalog.LogMarker;
import io.tailrace.log.client.FirstFailure;
import io.tailrace.log.client.OpenLog;
import io.tailrace.log.client.TopicDefaults;
import io.tailrace.log.inspect.BackupReport;
import io.tailrace.log.inspect.ByteProgress;
import io.tailrace.log.partition.RecoverySummary;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log inside this JVM: in a directory, or in memory.
 *
 * <p>A directory is opened by one process, and once in it, at a time. It holds {@code tailrace.json}, which marks it as a log,
 * {@code topics.json}, and one directory for each partition that was used, in Kafka's format. Partitions are opened when they are
 * first used; only when the log was not closed in order, opening it checks those that may have lost something, see {@link
 * #recovery}.
 *
 * <p><b>Threads:</b> any. <b>Owner:</b> whoever opened it.
 */
public final class EmbeddedLog implements EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLog.class);

    private final Storage storage;
    private final OpenLog log;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedLog(Storage storage, OpenLog log, String name) {
        this.storage = storage;
        this.log = log;
        this.name = name;
    }

    /** As {@link #open(Path, LogOptions)} with {@link LogOptions#DEFAULT}. */
    public static EmbeddedLog open(Path directory) {
        return open(directory, LogOptions.DEFAULT);
    }

    /**
     * Opens the log in a directory; a missing or empty one becomes a new log.
     *
     * @throws LogLockedException when it is open already; names the process
     * @throws NotALogException when the path is a file, or a directory with other things in it
     * @throws StorageException when the directory cannot be read and written, or is damaged
     */
    public static EmbeddedLog open(Path directory, LogOptions options) {
        boolean keepUnforced = options.durability().mode() != Durability.Mode.OS;
        return open(FileStorage.open(directory, options.maxOpenFiles(), keepUnforced), options);
    }

    /** As {@link #inMemory(LogOptions)} with {@link LogOptions#DEFAULT}. */
    public static EmbeddedLog inMemory() {
        return inMemory(LogOptions.DEFAULT);
    }

    /** Opens an empty log in the heap, which is gone when it is closed. */
    public static EmbeddedLog inMemory(LogOptions options) {
        return open(new MemoryStorage(), options);
    }

    /**
     * Opens the log in a storage, for example a {@link MemoryStorage} whose {@link MemoryStorage#reopen} stands for a restart.
     *
     * @param storage handed over: closed with the log, also when opening fails
     */
    public static EmbeddedLog open(Storage storage, LogOptions options) {
        try {
            LogMarker.check(storage); // before the lock, which would leave its file in a stranger's directory
            storage.lock();
            LogMarker.check(storage);
            LogMarker.create(storage, options.time());
            OpenLog log = OpenLog.open(storage, defaults(options), options.time());
            String name = storage.directory().map(Path::toString).orElse("memory");
            LOG.info(
                    "Opened log {}: {} topics, {} groups; {}",
                    name,
                    log.topics().count(),
                    log.groups().count(),
                    log.topics().recovery());
            return new EmbeddedLog(storage, log, name);
        } catch (RuntimeException e) {
            FirstFailure.of(e).run(storage::close);
            throw e;
        }
    }

    private static TopicDefaults defaults(LogOptions options) {
        return new TopicDefaults(
                options.autoCreateTopics(),
                options.defaultPartitions(),
                options.segmentBytes(),
                options.durability(),
                options.recoveryThreads(),
                options.maintenance());
    }

    @Override
    public Admin admin() {
        return log.admin();
    }

    @Override
    public <K, V> Producer<K, V> newProducer(
            ProducerConfig config, Serializer<? super K> keySerializer, Serializer<? super V> valueSerializer) {
        return log.newProducer(config, keySerializer, valueSerializer);
    }

    @Override
    public <K, V> Consumer<K, V> newConsumer(
            ConsumerConfig config,
            Deserializer<? extends K> keyDeserializer,
            Deserializer<? extends V> valueDeserializer) {
        return log.newConsumer(config, keyDeserializer, valueDeserializer);
    }

    /** As {@link #backup(Storage, boolean, ByteProgress)}, into a missing or empty directory, with links and silently. */
    public BackupReport backup(Path directory) {
        try (Storage target = FileStorage.open(directory)) {
            target.lock();
            return backup(target, true, ByteProgress.SILENT);
        }
    }

    /**
     * Copies the log as it is now, while it is used: appends, commits and reads go on meanwhile.
     *
     * <p><b>What the copy holds:</b> of every partition all records up to an end that is noted at the beginning, for all
     * partitions nearly at once; what is appended later is not in it. A transaction is in it as a whole or not at all: one that
     * was not decided then is aborted when the copy is opened. Committed offsets never lie behind the records of the copy. Topics that are deleted meanwhile are not in it, nor is the state of stream apps, which they restore from their
     * changelogs.
     *
     * <p><b>Durable:</b> when this returns. The mark of a log is written last, so what an interruption leaves is not taken for
     * one. <b>Threads:</b> any.
     *
     * @param target empty; stays the caller's
     * @param link whether full segments may be shared as hard links, where both storages are on one file system: quick and
     *     without taking room, and both logs can be used and deleted without harm to the other; but damage by the medium hits both
     * @throws StorageException when the target is not empty, or a file cannot be read or written
     */
    public BackupReport backup(Storage target, boolean link, ByteProgress progress) {
        return log.backup(target, link, progress);
    }

    /**
     * Deletes and compacts old records now, as {@link LogOptions#maintenance} has it done in the background, of every partition
     * that is open. Compaction is held to its bandwidth. Returns when it is done.
     *
     * @throws io.tailrace.common.errors.LogClosedException when the log is closed, or is being closed meanwhile
     */
    public void runMaintenance() {
        log.runMaintenance();
    }

    @Override
    public Optional<Path> directory() {
        return storage.directory();
    }

    /** What opening this log had to check, what it found damaged, and what was done about it; up to now. */
    public RecoverySummary recovery() {
        return log.topics().recovery();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        FirstFailure failure = new FirstFailure();
        failure.run(log::close);
        failure.run(storage::close);
        LOG.info(
                "Closed log {}: {} topics, damage repaired or found {} times",
                name,
                log.topics().count(),
                log.topics().recovery().damages().size());
        failure.rethrow();
    }

    @Override
    public String toString() {
        return "log " + name;
    }
}
