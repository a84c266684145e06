package io.tailrace.log.storage;

/** The rules for paths of a {@link Storage}: names with '/' between them, nothing that leads out of the root. */
final class StoragePath {
    static final String ROOT = "";

    private StoragePath() {}

    /** Returns the path of a file. */
    static String checkFile(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("path is empty, expected the path of a file such as 'topic-0/file'");
        }
        return check(path);
    }

    /** Returns the path of a file or directory; {@link #ROOT} is one. */
    static String check(String path) {
        int start = 0;
        while (start < path.length()) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            } else if (end == path.length() - 1) {
                throw invalid(path);
            }
            String name = path.substring(start, end);
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.indexOf('\\') >= 0
                    || name.indexOf(0) >= 0) {
                throw invalid(path);
            }
            start = end + 1;
        }
        return path;
    }

    /** The directory that holds the path. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? ROOT : path.substring(0, slash);
    }

    private static IllegalArgumentException invalid(String path) {
        return new IllegalArgumentException("path '" + path
                + "', expected names with '/' between them, relative to the root, none of them empty, '.' or '..'");
    }
}
