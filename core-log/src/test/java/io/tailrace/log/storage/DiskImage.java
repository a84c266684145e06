package io.tailrace.log.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

/**
 * The content of a disk: files with their bytes, directories with {@link #DIRECTORY}. Nothing may change the arrays.
 *
 * @param nodes by path, parents before children
 */
public record DiskImage(Map<String, byte[]> nodes) {
    /** Stands for the content of a directory; known by identity. */
    private static final byte[] DIRECTORY = {};

    /**
     * What is left after a power cut.
     *
     * @param operations all before it
     * @param unforced those of them that have a choice
     * @param fates of each of these, by its index
     */
    static DiskImage after(List<DiskOperation> operations, BitSet unforced, IntFunction<Fate> fates) {
        Map<Integer, Map<String, Integer>> directories = new HashMap<>();
        Map<Integer, byte[]> files = new HashMap<>();
        directories.put(DiskOperation.ROOT, new TreeMap<>());
        for (int i = 0; i < operations.size(); i++) {
            DiskOperation operation = operations.get(i);
            Fate fate = unforced.get(i) ? fates.apply(i) : Fate.Whole.KEPT;
            if (operation instanceof DiskOperation.Create create) {
                // The node is there in any case: another name may lead to it.
                if (create.isDirectory()) {
                    directories.put(create.node(), new TreeMap<>());
                } else {
                    files.put(create.node(), new byte[0]);
                }
            }
            if (operation instanceof DiskOperation.Write write) {
                files.put(write.file(), written(bytesOf(files, write.file()), write, fate));
            } else if (fate.isWholeOrFirstSectorKept()) {
                apply(operation, directories, files);
            }
        }
        Map<String, byte[]> nodes = new TreeMap<>();
        collect(DiskOperation.ROOT, "", directories, files, nodes);
        return new DiskImage(nodes);
    }

    private static void apply(
            DiskOperation operation, Map<Integer, Map<String, Integer>> directories, Map<Integer, byte[]> files) {
        if (operation instanceof DiskOperation.Truncate truncate) {
            byte[] bytes = bytesOf(files, truncate.file());
            files.put(truncate.file(), Arrays.copyOf(bytes, (int) Math.min(bytes.length, truncate.size())));
        } else if (operation instanceof DiskOperation.Create create) {
            namesOf(directories, create.directory()).put(create.name(), create.node());
        } else if (operation instanceof DiskOperation.Remove remove) {
            namesOf(directories, remove.directory()).remove(remove.name(), remove.node());
        } else if (operation instanceof DiskOperation.Move move) {
            namesOf(directories, move.from()).remove(move.name(), move.node());
            namesOf(directories, move.to()).put(move.newName(), move.node());
        }
    }

    private static byte[] written(byte[] old, DiskOperation.Write write, Fate fate) {
        int position = (int) write.position();
        byte[] bytes = write.bytes();
        int end = position + bytes.length;
        if (fate instanceof Fate.Whole whole) {
            if (whole == Fate.Whole.DROPPED) {
                return old;
            }
            byte[] all = Arrays.copyOf(old, Math.max(old.length, end));
            System.arraycopy(bytes, 0, all, position, bytes.length);
            return all;
        }
        Fate.Torn torn = (Fate.Torn) fate;
        int size = torn.sectorBytes();
        int firstSector = position / size;
        int keptEnd = torn.grown()
                ? end
                : Math.min(
                        end,
                        torn.sectors().isEmpty()
                                ? 0
                                : (firstSector + torn.sectors().length()) * size);
        byte[] all = Arrays.copyOf(old, Math.max(old.length, keptEnd));
        for (int sector = torn.sectors().nextSetBit(0);
                sector >= 0;
                sector = torn.sectors().nextSetBit(sector + 1)) {
            int from = Math.max(position, (firstSector + sector) * size);
            int to = Math.min(end, (firstSector + sector + 1) * size);
            if (from < to) {
                System.arraycopy(bytes, from - position, all, from, to - from);
            }
        }
        return all;
    }

    private static void collect(
            int directory,
            String prefix,
            Map<Integer, Map<String, Integer>> directories,
            Map<Integer, byte[]> files,
            Map<String, byte[]> nodes) {
        namesOf(directories, directory).forEach((name, node) -> {
            byte[] bytes = files.get(node);
            nodes.put(prefix + name, bytes == null ? DIRECTORY : bytes);
            if (bytes == null) {
                collect(node, prefix + name + "/", directories, files, nodes);
            }
        });
    }

    private static byte[] bytesOf(Map<Integer, byte[]> files, int file) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new IllegalStateException("file #" + file + " was never made");
        }
        return bytes;
    }

    private static Map<String, Integer> namesOf(Map<Integer, Map<String, Integer>> directories, int directory) {
        Map<String, Integer> names = directories.get(directory);
        if (names == null) {
            throw new IllegalStateException("directory #" + directory + " was never made");
        }
        return names;
    }

    /** Everything that is in a storage. */
    public static DiskImage of(Storage storage) {
        Map<String, byte[]> nodes = new TreeMap<>();
        collect(storage, "", nodes);
        return new DiskImage(nodes);
    }

    private static void collect(Storage storage, String directory, Map<String, byte[]> nodes) {
        for (String name : storage.list(directory)) {
            String path = directory.isEmpty() ? name : directory + "/" + name;
            if (isDirectory(storage, path)) {
                nodes.put(path, DIRECTORY);
                collect(storage, path, nodes);
            } else {
                nodes.put(path, storage.readAllBytes(path));
            }
        }
    }

    private static boolean isDirectory(Storage storage, String path) {
        try {
            storage.list(path);
            return true;
        } catch (io.tailrace.common.errors.StorageException e) {
            return false; // a file
        }
    }

    /** Those that are files. */
    public Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>(nodes);
        files.values().removeIf(bytes -> bytes == DIRECTORY);
        return files;
    }

    /** A copy in which one file has other bytes. */
    public DiskImage with(String path, byte[] bytes) {
        Map<String, byte[]> changed = new TreeMap<>(nodes);
        changed.put(path, bytes);
        return new DiskImage(changed);
    }

    /** A new storage that holds this. */
    public MemoryStorage toStorage() {
        MemoryStorage storage = new MemoryStorage();
        writeTo(storage);
        return storage;
    }

    /** Adds everything to a storage and forces it. */
    void writeTo(Storage storage) {
        nodes.forEach((path, bytes) -> {
            if (bytes == DIRECTORY) {
                storage.createDirectories(path);
                return;
            }
            try (StorageFile file = storage.open(path, OpenMode.READ_WRITE)) {
                if (bytes.length > 0) {
                    file.write(ByteBuffer.wrap(bytes), 0);
                }
                file.force();
            }
        });
        storage.forceDirectory("");
        nodes.forEach((path, bytes) -> {
            if (bytes == DIRECTORY) {
                storage.forceDirectory(path);
            }
        });
    }

    /** Equal for equal images, and for others with the chance of 1 in 2^64 only. */
    public long fingerprint() {
        CRC32C crc = new CRC32C();
        long fingerprint = 17;
        for (Map.Entry<String, byte[]> node : nodes.entrySet()) {
            crc.reset();
            crc.update(node.getValue());
            fingerprint = 0x9E3779B97F4A7C15L * (fingerprint ^ node.getKey().hashCode());
            fingerprint = 0xC2B2AE3D27D4EB4FL * (fingerprint ^ crc.getValue() ^ ((long) node.getValue().length << 32));
            fingerprint ^= fingerprint >>> 29;
        }
        return fingerprint;
    }

    /** Paths and sizes. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        nodes.forEach((path, bytes) -> text.append(path)
                .append(bytes == DIRECTORY ? "/" : " (" + bytes.length + ")")
                .append('\n'));
        return text.toString();
    }
}
