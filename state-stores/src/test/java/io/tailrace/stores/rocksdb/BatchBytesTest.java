package io.tailrace.stores.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;

class BatchBytesTest {
    static {
        RocksDB.loadLibrary();
    }

    @TempDir
    Path directory;

    @Test
    void shouldWriteWhatRocksDbItselfWouldWrite() throws Exception {
        byte[] empty = {};
        byte[] longer = new byte[300];
        byte[] source = "xxkeyvaluexx".getBytes(UTF_8);
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, directory.toString())) {
            List<ColumnFamilyHandle> families = new ArrayList<>();
            for (int i = 0; i < 130; i++) { // so that the number of the last one takes two bytes
                families.add(db.createColumnFamily(new ColumnFamilyDescriptor(("f" + i).getBytes(UTF_8))));
            }
            for (ColumnFamilyHandle family : List.of(families.get(0), families.get(129))) {
                BatchBytes ours = new BatchBytes().begin(family.getID());
                ours.deleteRange(Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[] {2, 3}));
                ours.put(source, 2, 3, 5, 5);
                ours.put(Bytes.wrap(longer), longer);
                ours.put(Bytes.wrap(new byte[] {9}), empty);
                ours.delete(source, 2, 3);
                ours.delete(Bytes.wrap(longer));
                try (WriteBatch theirs = new WriteBatch();
                        WriteBatch batch = ours.toBatch()) {
                    theirs.deleteRange(family, new byte[] {1}, new byte[] {2, 3});
                    theirs.put(family, "key".getBytes(UTF_8), "value".getBytes(UTF_8));
                    theirs.put(family, longer, longer);
                    theirs.put(family, new byte[] {9}, empty);
                    theirs.delete(family, "key".getBytes(UTF_8));
                    theirs.delete(family, longer);
                    assertThat(batch.data()).isEqualTo(theirs.data());
                    assertThat(batch.count()).isEqualTo(6);
                }
            }
            families.forEach(ColumnFamilyHandle::close);
        }
    }

    @Test
    void shouldStartAnewForEachCommit() throws Exception {
        BatchBytes bytes = new BatchBytes();
        bytes.begin(1).put(Bytes.wrap(new byte[] {1}), new byte[] {1});
        try (WriteBatch empty = bytes.begin(1).toBatch()) {
            assertThat(empty.count()).isZero();
        }
    }
}
