package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.EmbeddedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldCreateListDescribeAndDelete() {
        assertThat(topics("create", "flights", "--partitions", "2", "--config", "segment.bytes=4096"))
                .isEqualTo(new Cli(0, "created topic flights\n", ""));
        Cli.runWith("a\nb\n", "produce", "--data", data(), "--topic", "flights", "--partition", "1");
        assertThat(topics("list").out()).isEqualToNormalizingNewlines("""
                topic    partitions  records
                flights           2        2
                """);
        assertThat(topics("list", "--json").out())
                .isEqualToNormalizingNewlines("{\"topic\":\"flights\",\"partitions\":2,\"records\":2}\n");
        assertThat(topics("describe", "flights").out())
                .contains("topic flights\n", "        1             0           2")
                .containsPattern("segment.bytes +4096 +topic");
        assertThat(topics("describe", "flights", "--json").out())
                .startsWith(
                        "{\"topic\":\"flights\",\"partitions\":[{\"partition\":0,\"startOffset\":0,\"endOffset\":0},")
                .contains("{\"name\":\"segment.bytes\",\"value\":\"4096\",\"source\":\"topic\"}");
        assertThat(topics("delete", "flights", "--json").out())
                .isEqualToNormalizingNewlines("{\"topic\":\"flights\",\"result\":\"deleted\"}\n");
        assertThat(topics("list", "--json").out()).isEmpty();
    }

    @Test
    void shouldGrowATopicAndChangeItsConfigs() {
        topics("create", "flights", "--config", "segment.bytes=4096");
        assertThat(topics("alter", "flights", "--partitions", "3", "--config", "max.message.bytes=2048"))
                .isEqualTo(new Cli(0, "changed topic flights\n", ""));
        assertThat(topics("list", "--json").out()).contains("\"partitions\":3");
        assertThat(topics("describe", "flights").out()).containsPattern("max.message.bytes +2048 +topic");
        topics("alter", "flights", "--delete-config", "max.message.bytes");
        assertThat(topics("describe", "flights").out()).containsPattern("max.message.bytes +[0-9]+ +default");
        assertThat(topics("alter", "flights").err()).contains("nothing to change");
    }

    @Test
    void shouldFailInOneLine() {
        topics("create", "flights");
        assertThat(topics("create", "flights").exitCode()).isEqualTo(1);
        assertThat(topics("create", "flights").err())
                .startsWith("tailrace: ")
                .contains("flights")
                .hasLineCount(1);
        assertThat(topics("create", "x", "--config", "segment.byte=1").err())
                .contains("topic config 'segment.byte' is unknown")
                .hasLineCount(1);
        assertThat(topics("delete", "trains").err()).contains("trains").hasLineCount(1);
        assertThat(topics("create", "x", "--partitions", "0").exitCode()).isEqualTo(2);
        assertThat(Cli.run("topics").err())
                .isEqualToNormalizingNewlines(
                        "tailrace: no command given, expected one of list, describe, create, alter,"
                                + " delete; see 'tailrace topics --help'\n");
    }

    @Test
    void shouldNotMakeALogToList() throws Exception {
        assertThat(topics("list"))
                .isEqualTo(new Cli(
                        1, "", "tailrace: there is no data directory " + data() + "; give the directory of a log\n"));
        assertThat(data()).doesNotExist();
        Files.createDirectory(data());
        assertThat(topics("list").err()).contains("is not a log directory").hasLineCount(1);
        assertThat(data()).isEmptyDirectory();
    }

    @Test
    void shouldNameTheProcessThatHoldsTheLog() {
        try (EmbeddedLog log = EmbeddedLog.open(data())) {
            assertThat(log.directory()).isPresent();
            assertThat(topics("list").err())
                    .contains("is locked by process " + ProcessHandle.current().pid(), "close that log first")
                    .hasLineCount(1);
        }
    }

    private Cli topics(String... args) {
        Object[] all = new Object[args.length + 3];
        all[0] = "topics";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--data";
        all[args.length + 2] = data();
        return Cli.run(all);
    }

    private Path data() {
        return directory.resolve("data");
    }
}
