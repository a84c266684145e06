package io.tailrace.common;

/** Who gave a record its timestamp. The ids are those of Kafka's record batch attributes (KIP-32). */
public enum TimestampType {
    /** The record has no timestamp. */
    NO_TIMESTAMP_TYPE(-1, "NoTimestampType"),
    /** The producer, or the application behind it. */
    CREATE_TIME(0, "CreateTime"),
    /** The log, when it appended the record. */
    LOG_APPEND_TIME(1, "LogAppendTime");

    private final int id;
    private final String configName;

    TimestampType(int id, String configName) {
        this.id = id;
        this.configName = configName;
    }

    public int id() {
        return id;
    }

    /** The name as the topic config {@code message.timestamp.type} writes it. */
    public String configName() {
        return configName;
    }

    @Override
    public String toString() {
        return configName;
    }
}
