package io.tailrace.samples.input;

/**
 * An entry of the load journal.
 *
 * @param topic that the file is loaded into
 * @param fileId see {@link ScannedFile#id}, in hexadecimal
 * @param file its name, for people
 * @param lines how many the whole file has
 */
record LoadEvent(String topic, String fileId, String file, State state, long lines) {
    enum State {
        STARTED,
        COMPLETED
    }

    static LoadEvent of(String topic, ScannedFile file, State state) {
        return new LoadEvent(topic, Long.toHexString(file.id()), file.file().name(), state, file.lines());
    }

    boolean isAbout(LoadEvent other) {
        return topic.equals(other.topic) && fileId.equals(other.fileId);
    }
}
