package io.tailrace.samples.wordcount;

import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.samples.Progress;
import io.tailrace.samples.RestoreMeter;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.FileLoader;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.input.LineReader;
import io.tailrace.samples.input.ScannedFile;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Runs {@link WordCountTopology} over a file of text and whatever was loaded before. */
public final class WordCountPipeline {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private WordCountPipeline() {}

    /** Looks through the text; a line that would have to be cut is an error, because its words would be lost. */
    public static ScannedFile scan(InputFile file) {
        ScannedFile scanned = file.scan("");
        if (scanned.longestLine() > LineReader.MAX_LINE_BYTES) {
            throw new SampleException("input " + file.name() + " has a line of " + scanned.longestLine()
                    + " bytes, at most " + LineReader.MAX_LINE_BYTES);
        }
        return scanned;
    }

    /** The words with their counts, in alphabetical order. */
    public static Map<String, Long> run(EventLog log, ScannedFile file, Progress progress) {
        SampleTopics.create(log, new NewTopic(WordCountTopology.LINES, 4));
        new FileLoader(log, "lines-loads").load(file, new TextFormat(), progress);
        StreamsConfig config =
                StreamsConfig.builder().applicationId("wordcount-app").build();
        try (StreamsApp app = new StreamsApp(WordCountTopology.build(), config, log)) {
            app.setGlobalStateRestoreListener(RestoreMeter.on(progress));
            app.start();
            while (!app.awaitIdle(LOOK_EVERY)) {}
            return counts(app);
        }
    }

    private static Map<String, Long> counts(StreamsApp app) {
        ReadOnlyKeyValueStore<String, Long> store = app.store(
                StoreQueryParameters.fromNameAndType(WordCountTopology.COUNTS, QueryableStoreTypes.keyValueStore()));
        Map<String, Long> counts = new TreeMap<>();
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(entry -> counts.put(entry.key, entry.value));
        }
        return counts;
    }
}
