package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A storage that remembers every operation, so that {@link PowerCut} can tell what the device may hold when the power is cut
 * between any two of them. To those who use it, it is a storage in memory: they read what they wrote, forced or not.
 *
 * <p>Only a force of a file brings its bytes and its size to the device, and only a force of a directory the names in it;
 * forcing a file does not force its name. Real file systems do more, which a log must not count on.
 *
 * <p><b>Threads:</b> any; operations are put into one order.
 */
public final class SimulatedDisk implements Storage {
    private final MemoryStorage visible;
    private final Journal journal;

    /** Shared by a disk and its successors; guarded by itself. */
    private static final class Journal {
        final boolean honest;
        final List<DiskOperation> operations = new ArrayList<>();
        final TreeMap<String, Integer> nodes = new TreeMap<>(Map.of(StoragePath.ROOT, DiskOperation.ROOT));
        int lastNode = DiskOperation.ROOT;

        Journal(boolean honest) {
            this.honest = honest;
        }

        void force(DiskOperation force) {
            if (honest) {
                operations.add(force);
            }
        }

        int node(String path) {
            Integer node = nodes.get(path);
            if (node == null) {
                throw new IllegalStateException("the simulated disk knows no '" + path + "', only " + nodes.keySet());
            }
            return node;
        }

        void create(String path, boolean isDirectory) {
            nodes.put(path, ++lastNode);
            operations.add(
                    new DiskOperation.Create(node(StoragePath.parent(path)), nameOf(path), lastNode, isDirectory));
        }

        void remove(String path) {
            Integer node = nodes.remove(path);
            if (node != null) {
                operations.add(new DiskOperation.Remove(node(StoragePath.parent(path)), nameOf(path), node));
            }
        }

        /** The path and what is below it, the deepest last. */
        List<String> atOrUnder(String path) {
            return nodes.tailMap(path).keySet().stream()
                    .filter(other -> other.equals(path) || other.startsWith(path + "/"))
                    .toList();
        }
    }

    /** An empty one. */
    public SimulatedDisk() {
        this(new MemoryStorage(), new Journal(true));
    }

    /** A device that says that it has forced and has not: no log can keep its promises on it, and a proof must notice. */
    public static SimulatedDisk lying() {
        return new SimulatedDisk(new MemoryStorage(), new Journal(false));
    }

    private SimulatedDisk(MemoryStorage visible, Journal journal) {
        this.visible = visible;
        this.journal = journal;
    }

    /** A disk that holds an image, all of it on the device. */
    public static SimulatedDisk holding(DiskImage image) {
        SimulatedDisk disk = new SimulatedDisk();
        image.writeTo(disk);
        return disk;
    }

    /** What a process finds that was started after this one was killed: everything written, forced or not. */
    public SimulatedDisk reopen() {
        return new SimulatedDisk(visible.reopen(), journal);
    }

    /** How many operations there were so far: the power can be cut in front of each, and behind the last. */
    public int operationCount() {
        synchronized (journal) {
            return journal.operations.size();
        }
    }

    /** The operations before a power cut. */
    List<DiskOperation> operations(int count) {
        synchronized (journal) {
            return List.copyOf(journal.operations.subList(0, count));
        }
    }

    /** Which of these operations nothing has brought to the device for sure. */
    static BitSet unforced(List<DiskOperation> operations) {
        BitSet unforced = new BitSet();
        Set<Integer> forcedFiles = new HashSet<>();
        Set<Integer> forcedDirectories = new HashSet<>();
        for (int i = operations.size() - 1; i >= 0; i--) {
            DiskOperation operation = operations.get(i);
            if (operation instanceof DiskOperation.Force force) {
                forcedFiles.add(force.file());
            } else if (operation instanceof DiskOperation.ForceDirectory force) {
                forcedDirectories.add(force.directory());
            } else if (operation instanceof DiskOperation.ForceFailed failed) {
                forcedFiles.remove(failed.file());
            } else if (operation.file() >= 0
                    ? !forcedFiles.contains(operation.file())
                    : !forcedDirectories.contains(operation.directory())) {
                unforced.set(i);
            }
        }
        return unforced;
    }

    /** The device refuses to force a file: what was not forced before, no later force brings there, as on Linux. */
    void forceFailed(String path) {
        synchronized (journal) {
            journal.operations.add(new DiskOperation.ForceFailed(journal.node(path)));
        }
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        synchronized (journal) {
            StorageFile file = visible.open(path, mode);
            if (!journal.nodes.containsKey(path)) {
                journal.create(path, false);
            }
            return new Handle(file, journal.node(path));
        }
    }

    @Override
    public void delete(String path) {
        synchronized (journal) {
            visible.delete(path);
            journal.remove(path);
        }
    }

    @Override
    public void rename(String from, String to) {
        synchronized (journal) {
            visible.rename(from, to);
            if (from.equals(to)) {
                return;
            }
            journal.operations.add(new DiskOperation.Move(
                    journal.node(StoragePath.parent(from)),
                    nameOf(from),
                    journal.node(StoragePath.parent(to)),
                    nameOf(to),
                    journal.node(from)));
            for (String path : journal.atOrUnder(from)) {
                Integer node = journal.nodes.remove(path);
                journal.nodes.put(to + path.substring(from.length()), node);
            }
        }
    }

    @Override
    public void createDirectories(String directory) {
        synchronized (journal) {
            visible.createDirectories(directory);
            for (int end = directory.indexOf('/'); end >= 0; end = directory.indexOf('/', end + 1)) {
                createDirectory(directory.substring(0, end));
            }
            createDirectory(directory);
        }
    }

    private void createDirectory(String path) {
        if (!journal.nodes.containsKey(path)) {
            journal.create(path, true);
        }
    }

    @Override
    public void deleteDirectory(String directory) {
        synchronized (journal) {
            visible.deleteDirectory(directory);
            List<String> paths = journal.atOrUnder(directory);
            for (int i = paths.size() - 1; i >= 0; i--) {
                journal.remove(paths.get(i));
            }
        }
    }

    @Override
    public void forceDirectory(String directory) {
        synchronized (journal) {
            visible.forceDirectory(directory);
            journal.force(new DiskOperation.ForceDirectory(journal.node(directory)));
        }
    }

    @Override
    public boolean exists(String path) {
        return visible.exists(path);
    }

    @Override
    public List<String> list(String directory) {
        return visible.list(directory);
    }

    @Override
    public long size(String path) {
        return visible.size(path);
    }

    @Override
    public void lock() {
        visible.lock();
    }

    @Override
    public Optional<Path> directory() {
        return Optional.empty();
    }

    @Override
    public void close() {
        visible.close();
    }

    @Override
    public String toString() {
        return "(simulated disk)";
    }

    /** One opening of a file. */
    private final class Handle implements StorageFile {
        private final StorageFile file;
        private final int node;

        Handle(StorageFile file, int node) {
            this.file = file;
            this.node = node;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            synchronized (journal) {
                file.write(source, position);
                journal.operations.add(new DiskOperation.Write(node, position, bytes));
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (journal) {
                boolean cuts = size < file.size();
                file.truncate(size);
                if (cuts) {
                    journal.operations.add(new DiskOperation.Truncate(node, size));
                }
            }
        }

        @Override
        public void force() {
            synchronized (journal) {
                file.force();
                journal.force(new DiskOperation.Force(node));
            }
        }

        @Override
        public int read(ByteBuffer target, long position) {
            return file.read(target, position);
        }

        @Override
        public long size() {
            return file.size();
        }

        /** @throws StorageException never */
        @Override
        public void close() {
            file.close();
        }
    }
}
