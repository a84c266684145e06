package io.tailrace.systemtests.fault;

import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a tree of files is on the device for certain: the bytes of a file as of its last force, a name as of the last force of its
 * directory. Guarded by its owner.
 */
final class Device {
    /** A file or a directory. */
    static final class Node {
        /** By name; null for a file. */
        private final @Nullable Map<String, Node> names;

        private final Map<String, Node> forcedNames = new TreeMap<>();

        /** Of a file. */
        volatile byte[] forced = new byte[0];

        private Node(boolean directory) {
            this.names = directory ? new TreeMap<>() : null;
        }

        private Map<String, Node> names() {
            if (names == null) {
                throw new IllegalStateException("a file is no directory");
            }
            return names;
        }
    }

    private Node root = new Node(/* directory */ true);

    synchronized Node node(String path) {
        Node node = root;
        if (!path.isEmpty()) {
            for (String name : path.split("/", -1)) {
                Node next = node.names().get(name);
                if (next == null) {
                    throw new IllegalStateException("there is no '" + path + "' on the device");
                }
                node = next;
            }
        }
        return node;
    }

    private Map<String, Node> parent(String path) {
        int slash = path.lastIndexOf('/');
        return node(slash < 0 ? "" : path.substring(0, slash)).names();
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    synchronized void createFile(String path) {
        parent(path).put(name(path), new Node(/* directory */ false));
    }

    synchronized void createDirectories(String path) {
        Node node = root;
        for (String name : path.split("/", -1)) {
            node = node.names().computeIfAbsent(name, created -> new Node(/* directory */ true));
        }
    }

    synchronized void delete(String path) {
        parent(path).remove(name(path));
    }

    synchronized void rename(String from, String to) {
        Node moved = parent(from).remove(name(from));
        if (moved != null) {
            parent(to).put(name(to), moved);
        }
    }

    synchronized void forceDirectory(String path) {
        Node directory = node(path);
        directory.forcedNames.clear();
        directory.forcedNames.putAll(directory.names());
    }

    /** Makes the files anew that are there after a power cut; all of them are forced. */
    synchronized void writeTo(CutDisk disk) {
        write(disk, "", root);
    }

    private static void write(CutDisk disk, String path, Node directory) {
        directory.forcedNames.forEach((name, node) -> {
            String at = path.isEmpty() ? name : path + "/" + name;
            if (node.names != null) {
                disk.createDirectories(at);
                write(disk, at, node);
            } else {
                try (StorageFile file = disk.open(at, OpenMode.READ_WRITE)) {
                    file.write(ByteBuffer.wrap(node.forced), 0);
                    file.force();
                }
            }
        });
        disk.forceDirectory(path);
    }

    /** Hands everything over to the device of the next process. */
    synchronized void becomes(Device next) {
        next.root = root;
    }
}
