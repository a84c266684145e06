package io.tailrace.samples.processor;

import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums up the earthquakes of each day in a store. A punctuator on stream time sends a day downstream when it is over; stream
 * time is that of the records, so the same input gives the same output whenever it runs.
 */
final class QuakeDays extends ContextualProcessor<String, Quake, String, QuakeDay> {
    static final String STORE = "open-days";

    @SuppressWarnings("NullAway.Init") // set by init, which is called before the first record
    private KeyValueStore<String, QuakeDay> openDays;

    @Override
    public void init(ProcessorContext<String, QuakeDay> context) {
        super.init(context);
        openDays = context.getStateStore(STORE);
        context.schedule(Duration.ofHours(1), PunctuationType.STREAM_TIME, this::sendFinishedDays);
    }

    @Override
    public void process(Record<String, Quake> record) {
        Quake quake = record.value();
        if (quake != null) {
            String day = day(record.timestamp());
            openDays.put(day, QuakeDay.plus(openDays.get(day), quake));
        }
    }

    private void sendFinishedDays(long streamTimeMs) {
        String yesterday = day(streamTimeMs - Duration.ofDays(1).toMillis());
        List<String> finished = new ArrayList<>();
        try (KeyValueIterator<String, QuakeDay> days = openDays.range(null, yesterday)) {
            days.forEachRemaining(day -> finished.add(day.key));
        }
        for (String day : finished) {
            context().forward(new Record<>(day, openDays.delete(day), streamTimeMs));
        }
    }

    private static String day(long timestampMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(timestampMs), ZoneOffset.UTC)
                .toString();
    }
}
