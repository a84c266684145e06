package io.tailrace.stores.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.ProcessorStateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RocksDB of one task directory, shared by the stores of the task and closed with the last of them. Each store has a
 * column family; the default one holds the changelog offsets of all:
 *
 * <pre>
 * column family  &lt;store&gt;/&lt;layout&gt;                                      the store's keys and values
 * column family  default     &lt;store&gt;/&lt;layout&gt; 0x00 &lt;topic&gt;-&lt;partition&gt;  -&gt; 8 bytes, next offset to read, big-endian
 * </pre>
 *
 * <p>There is no write-ahead log, because the changelog is one. A write batch goes to the memory buffers as a whole, and
 * these are flushed to files together, so what a crash leaves is the state after some earlier batch, offsets included. The
 * first batch with an offset is flushed at once: from then on, no restore begins at the beginning. The buffers are flushed now and then
 * also when they are small: the changelog of a store of windows keeps what has been committed to it for a day at least, not for ever.
 *
 * <p><b>Threads.</b> Reads and writes: any. Column families: guarded by this. The open instances: one map entry each.
 */
final class RocksInstance {
    private static final Logger LOG = LoggerFactory.getLogger(RocksInstance.class);
    private static final ConcurrentHashMap<Path, RocksInstance> OPEN = new ConcurrentHashMap<>();
    private static final String OFFSETS = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);
    static final String LOAD_PREFIX = "restore-"; // of a file on its way into the instance
    static final String LOAD_SUFFIX = ".sst";
    private static final long MOST_UNFLUSHED_NS = TimeUnit.MINUTES.toNanos(10);
    private static final char LAYOUT_MARK = '/'; // not allowed in the name of a store

    final Path directory;
    final RocksDB db;
    final WriteOptions writeOptions;
    private final ColumnFamilyHandle offsets;
    private final Map<String, ColumnFamilyHandle> families;
    private final Set<String> familiesInUse = new HashSet<>();
    private final RocksMemory memory;
    private final RocksSettings settings;
    private final DBOptions instanceOptions;
    private final ColumnFamilyOptions offsetsOptions;
    private final Map<String, FamilyOptions> optionsOfStores; // by store; guarded by this
    private volatile long flushedNs; // when everything was in files last; any committing thread's
    private int users; // changed only inside OPEN.compute of this directory

    private RocksInstance(
            Path directory,
            RocksDB db,
            Map<String, ColumnFamilyHandle> families,
            ColumnFamilyHandle offsets,
            RocksMemory memory,
            RocksSettings settings,
            DBOptions instanceOptions,
            ColumnFamilyOptions offsetsOptions,
            Map<String, FamilyOptions> optionsOfStores) {
        this.directory = directory;
        this.db = db;
        this.families = families;
        this.offsets = offsets;
        this.memory = memory;
        this.settings = settings;
        this.instanceOptions = instanceOptions;
        this.offsetsOptions = offsetsOptions;
        this.optionsOfStores = optionsOfStores;
        this.writeOptions = new WriteOptions().setDisableWAL(true);
        this.flushedNs = settings.time().nanoseconds();
    }

    /** Opens the instance of that directory, or joins those who use it; to be given back by {@link #release}. */
    static RocksInstance acquire(Path directory, String storeName, RocksSettings settings) {
        Path key = directory.toAbsolutePath().normalize();
        return OPEN.compute(key, (path, open) -> {
            RocksInstance instance = open != null ? open : open(path, storeName, settings);
            instance.users++;
            return instance;
        });
    }

    /** The instance of that directory if it is open, else null; to be given back by {@link #release}. */
    static @Nullable RocksInstance join(Path directory) {
        Path key = directory.toAbsolutePath().normalize();
        return OPEN.computeIfPresent(key, (path, instance) -> {
            instance.users++;
            return instance;
        });
    }

    private static RocksInstance open(Path directory, String storeName, RocksSettings settings) {
        try {
            Files.createDirectories(directory);
            deleteUnfinishedLoads(directory);
        } catch (IOException e) {
            throw new ProcessorStateException(
                    "store '" + storeName + "' cannot create its directory " + directory + ": " + e
                            + ". Check that the state directory exists, is a directory and can be written",
                    e);
        }
        FormatFile.check(directory, storeName);
        RocksMemory memory = RocksMemory.acquire(settings);
        List<AutoCloseable> unwind = new ArrayList<>(List.of(memory));
        boolean opened = false;
        try {
            Map<String, FamilyOptions> optionsOfStores = new HashMap<>();
            List<byte[]> names = existingFamilies(directory);
            List<String> stores = new ArrayList<>(List.of(storeName)); // the first one says how to open the instance
            names.stream()
                    .map(name -> storeOf(directory, storeName, name))
                    .filter(Objects::nonNull)
                    .forEach(stores::add);
            for (String store : stores) {
                if (!optionsOfStores.containsKey(store)) {
                    FamilyOptions options = FamilyOptions.of(store, memory, settings);
                    unwind.add(0, options);
                    optionsOfStores.put(store, options);
                }
            }
            DBOptions instanceOptions = optionsFor(optionsOfStores, storeName).ofInstance(memory);
            unwind.add(0, instanceOptions);
            ColumnFamilyOptions offsetsOptions = memory.storeOptions();
            unwind.add(0, offsetsOptions);
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            for (byte[] name : names) {
                String store = storeOf(directory, storeName, name);
                descriptors.add(new ColumnFamilyDescriptor(
                        name,
                        store == null
                                ? offsetsOptions
                                : optionsFor(optionsOfStores, store).ofFamily()));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = RocksDB.open(instanceOptions, directory.toString(), descriptors, handles);
            opened = true;
            Map<String, ColumnFamilyHandle> families = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                families.put(new String(names.get(i), UTF_8), handles.get(i));
            }
            ColumnFamilyHandle offsets = Objects.requireNonNull(families.remove(OFFSETS), "every RocksDB has it");
            return new RocksInstance(
                    directory,
                    db,
                    families,
                    offsets,
                    memory,
                    settings,
                    instanceOptions,
                    offsetsOptions,
                    optionsOfStores);
        } catch (RocksDBException e) {
            throw RocksFailures.failed(storeName, directory, "open RocksDB", e);
        } finally {
            if (!opened) {
                unwind.forEach(RocksInstance::closeQuietly);
            }
        }
    }

    private static void deleteUnfinishedLoads(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, LOAD_PREFIX + "*" + LOAD_SUFFIX)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot free " + part, e); // no part declares an exception
        }
    }

    private static FamilyOptions optionsFor(Map<String, FamilyOptions> all, String store) {
        return Objects.requireNonNull(all.get(store));
    }

    /** The store that a column family belongs to, null for that of the offsets. */
    private static @Nullable String storeOf(Path directory, String storeName, byte[] family) {
        String name = new String(family, UTF_8);
        if (name.equals(OFFSETS)) {
            return null;
        }
        int mark = name.indexOf(LAYOUT_MARK);
        if (mark < 0) {
            throw new ProcessorStateException("store '" + storeName + "' cannot use " + directory
                    + ": its RocksDB holds a column family '" + name
                    + "', which no store of Tailrace makes. Use another state directory, or delete this one");
        }
        return name.substring(0, mark);
    }

    /** Just the default one if there is no instance yet, or if its catalog is damaged: opening it tells. */
    private static List<byte[]> existingFamilies(Path directory) throws RocksDBException {
        List<byte[]> defaultOnly = List.of(RocksDB.DEFAULT_COLUMN_FAMILY);
        if (!Files.exists(directory.resolve("CURRENT"))) {
            return defaultOnly;
        }
        try (Options options = new Options()) {
            List<byte[]> names = RocksDB.listColumnFamilies(options, directory.toString());
            return names.isEmpty() ? defaultOnly : names;
        }
    }

    /**
     * The column family of a store, made if need be. Families of the same store in another layout are dropped.
     *
     * @throws ProcessorStateException when somebody in this JVM has it open already
     */
    synchronized ColumnFamilyHandle openFamily(String storeName, String layout) {
        String family = storeName + LAYOUT_MARK + layout;
        if (familiesInUse.contains(family)) {
            throw new ProcessorStateException("store '" + storeName + "' is already open in " + directory
                    + ": two tasks of this process use one state directory; give each application its own");
        }
        try {
            dropOtherLayouts(storeName, family);
            ColumnFamilyHandle handle = families.get(family);
            if (handle == null) {
                FamilyOptions options = optionsOfStores.get(storeName);
                if (options == null) {
                    options = FamilyOptions.of(storeName, memory, settings);
                    optionsOfStores.put(storeName, options);
                }
                handle = db.createColumnFamily(new ColumnFamilyDescriptor(family.getBytes(UTF_8), options.ofFamily()));
                families.put(family, handle);
            }
            familiesInUse.add(family);
            return handle;
        } catch (RocksDBException e) {
            throw RocksFailures.failed(storeName, directory, "open its column family", e);
        }
    }

    synchronized void closeFamily(String storeName, String layout) {
        familiesInUse.remove(storeName + LAYOUT_MARK + layout);
    }

    /** The offsets go first, and to disk: an offset without its data would leave out what is before it. */
    private void dropOtherLayouts(String storeName, String keep) throws RocksDBException {
        for (String family : List.copyOf(families.keySet())) {
            if (!family.equals(keep) && family.startsWith(storeName + LAYOUT_MARK)) {
                byte[] prefix = (family + '\0').getBytes(UTF_8);
                byte[] end = prefix.clone();
                end[end.length - 1] = 1;
                db.deleteRange(offsets, writeOptions, prefix, end);
                flush();
                LOG.warn(
                        "store '{}' in {} was laid out as '{}' and now is '{}': it starts empty, and is restored if it has a"
                                + " changelog",
                        storeName,
                        directory,
                        family.substring(storeName.length() + 1),
                        keep.substring(storeName.length() + 1));
                ColumnFamilyHandle handle = families.remove(family);
                if (handle != null) {
                    db.dropColumnFamily(handle);
                    handle.close();
                }
            }
        }
    }

    /** How a file for that open store is to be written; to be closed by the caller. */
    synchronized Options fileOptions(String storeName) {
        return new Options(
                instanceOptions, optionsFor(optionsOfStores, storeName).ofFamily());
    }

    void putOffset(WriteBatch batch, String storeName, String layout, TopicPartition changelog, long offset)
            throws RocksDBException {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
        batch.put(offsets, offsetKey(storeName, layout, changelog), value);
    }

    @Nullable
    Long offset(String storeName, String layout, TopicPartition changelog) throws RocksDBException {
        byte[] value = db.get(offsets, offsetKey(storeName, layout, changelog));
        return value == null ? null : ByteBuffer.wrap(value).getLong();
    }

    /** Whether any offset of the store, other than 0, is there. */
    boolean hasOffset(String storeName, String layout) {
        byte[] prefix = (storeName + LAYOUT_MARK + layout + '\0').getBytes(UTF_8);
        try (RocksIterator stored = db.newIterator(offsets)) {
            for (stored.seek(prefix); stored.isValid() && startsWith(stored.key(), prefix); stored.next()) {
                if (ByteBuffer.wrap(stored.value()).getLong() > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] offsetKey(String storeName, String layout, TopicPartition changelog) {
        return (storeName + LAYOUT_MARK + layout + '\0' + changelog).getBytes(UTF_8);
    }

    /** Gives back one {@link #acquire}; the last one flushes and closes. */
    void release(String storeName) {
        List<ProcessorStateException> failure = new ArrayList<>();
        OPEN.computeIfPresent(directory, (path, instance) -> {
            users--;
            if (users > 0) {
                return instance;
            }
            close(storeName, failure);
            return null;
        });
        if (!failure.isEmpty()) {
            throw failure.get(0);
        }
    }

    private synchronized void close(String storeName, List<ProcessorStateException> failure) {
        try {
            flush();
        } catch (RocksDBException e) {
            failure.add(RocksFailures.failed(storeName, directory, "flush what was committed", e));
        }
        families.values().forEach(ColumnFamilyHandle::close);
        offsets.close();
        db.close();
        writeOptions.close();
        optionsOfStores.values().forEach(FamilyOptions::close);
        offsetsOptions.close();
        instanceOptions.close();
        memory.close();
    }

    /** To be called after commits: keeps them from being in memory only for long, however few they are. */
    void flushIfDue() throws RocksDBException {
        if (settings.time().nanoseconds() - flushedNs > MOST_UNFLUSHED_NS) {
            flush();
        }
    }

    /** Writes all that is in memory buffers to files. */
    void flush() throws RocksDBException {
        flushedNs = settings.time().nanoseconds();
        List<ColumnFamilyHandle> all = new ArrayList<>(families.values());
        all.add(offsets);
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, all);
        }
    }
}
