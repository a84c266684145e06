package io.tailrace.samples.input;

/**
 * An entry of the load journal.
 *
 * @param topic that the file is loaded into
 * @param fileId see {@link ScannedFile#id}, in hexadecimal
 * @param file its name, for people
 * @param lines how many the whole file has
 * @param done how many of them, from the first on, are in the topic
 */
record LoadEvent(String topic, String fileId, String file, long lines, long done) {
    static LoadEvent of(String topic, ScannedFile file, long done) {
        return new LoadEvent(topic, Long.toHexString(file.id()), file.file().name(), file.lines(), done);
    }

    boolean isAbout(LoadEvent other) {
        return topic.equals(other.topic) && fileId.equals(other.fileId);
    }

    boolean isComplete() {
        return done == lines;
    }
}
