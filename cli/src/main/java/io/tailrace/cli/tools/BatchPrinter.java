package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.log.inspect.BatchInfo;
import io.tailrace.log.inspect.BatchVisitor;
import io.tailrace.log.inspect.Finding;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import java.io.PrintWriter;

/** Prints batches and records as they are stored. */
record BatchPrinter(PrintWriter out, boolean json, boolean withRecords, Format keyFormat, Format valueFormat)
        implements BatchVisitor {

    /** In front of the content of a file. */
    void begin(String path) {
        if (!json) {
            out.println(path);
        }
    }

    @Override
    public boolean onBatch(BatchInfo batch, RecordBatch stored) {
        if (json) {
            out.println(new JsonLine()
                    .put("type", "batch")
                    .put("file", batch.file())
                    .put("position", batch.position())
                    .put("sizeInBytes", batch.sizeInBytes())
                    .put("baseOffset", batch.baseOffset())
                    .put("lastOffset", batch.lastOffset())
                    .put("count", batch.count())
                    .put("leaderEpoch", batch.leaderEpoch())
                    .put("magic", batch.magic())
                    .put("codec", batch.codec())
                    .put("crc", String.format("%08x", batch.crc()))
                    .put("crcOk", true)
                    .put("producerId", batch.producerId())
                    .put("producerEpoch", batch.producerEpoch())
                    .put("baseSequence", batch.baseSequence())
                    .put("transactional", batch.transactional())
                    .put("control", batch.control())
                    .put("timestampType", batch.timestampType().toString())
                    .put("baseTimestamp", batch.baseTimestamp())
                    .put("maxTimestamp", batch.maxTimestamp()));
        } else {
            out.println(
                    "  at " + batch.position() + ": offsets " + batch.baseOffset() + ".." + batch.lastOffset() + ", "
                            + batch.count() + " records, " + batch.sizeInBytes() + " bytes, " + batch.codec() + ", crc "
                            + String.format("%08x", batch.crc()) + " ok, timestamps " + batch.baseTimestamp() + ".."
                            + batch.maxTimestamp() + producer(batch));
        }
        return withRecords;
    }

    private static String producer(BatchInfo batch) {
        return (batch.producerId() < 0
                        ? ""
                        : ", producer " + batch.producerId() + " epoch " + batch.producerEpoch() + " sequence "
                                + batch.baseSequence())
                + (batch.transactional() ? ", transactional" : "")
                + (batch.control() ? ", control" : "");
    }

    @Override
    public void onRecord(BatchInfo batch, RecordCursor record) {
        String where = batch.file() + " at " + batch.position() + ", offset " + record.offset();
        // A control record has a key and a value of its own format.
        Format key = batch.control() ? Format.hex : keyFormat;
        Format value = batch.control() ? Format.hex : valueFormat;
        if (json) {
            out.println(new JsonLine()
                    .put("type", "record")
                    .put("file", batch.file())
                    .put("offset", record.offset())
                    .put("timestamp", record.timestamp())
                    .put("headers", RecordPrinter.headers(record.headers()))
                    .put("key", key.forJson(record.key(), where))
                    .put("value", value.forJson(record.value(), where)));
        } else {
            out.println("    " + record.offset() + " " + record.timestamp() + " " + key.text(record.key(), where) + " "
                    + value.text(record.value(), where));
        }
    }

    @Override
    public void onDamage(Finding damage) {
        out.println(json ? FindingPrinter.json("damage", damage).put("crcOk", false) : "  DAMAGE " + damage);
    }
}
