package io.tailrace.storesuite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A versioned store that forgets nothing: all that was ever put for each key by time, deletions as an empty value. */
final class VersionedModel extends Model {
    private final Map<String, TreeMap<Long, Optional<String>>> versions = new TreeMap<>();

    VersionedModel(Values values) {
        super(values);
    }

    private NavigableMap<Long, Optional<String>> of(String key) {
        return versions.computeIfAbsent(key, any -> new TreeMap<>());
    }

    @Override
    void put(String key, long startMs, long timeMs, @Nullable Long number) {
        if (timeMs >= oldestMs()) {
            nowMs = Math.max(nowMs, timeMs);
            of(key).put(timeMs, Optional.ofNullable(number).map(values::of).map(Values::shown));
        }
    }

    private long oldestMs() {
        return nowMs - retentionMs();
    }

    @Override
    Model copy() {
        VersionedModel copy = new VersionedModel(values);
        versions.forEach((key, ofKey) -> copy.versions.put(key, new TreeMap<>(ofKey)));
        copy.nowMs = nowMs;
        return copy;
    }

    private String shown(String key, long fromMs, String value) {
        Long next = of(key).higherKey(fromMs);
        return fromMs + ".." + (next == null ? "" : next) + "=" + value;
    }

    @Override
    public @Nullable String get(String key, long startMs, long timeMs) {
        Map.Entry<Long, Optional<String>> version = of(key).floorEntry(timeMs);
        if (version == null || version.getValue().isEmpty()) {
            return null;
        }
        boolean latest = of(key).higherKey(version.getKey()) == null;
        return latest || timeMs >= oldestMs()
                ? shown(key, version.getKey(), version.getValue().get())
                : null;
    }

    @Override
    public List<String> all(boolean forward) {
        List<String> all = new ArrayList<>();
        for (String key : StoreKind.KEYS) {
            Map.Entry<Long, Optional<String>> latest = of(key).lastEntry();
            if (latest != null && latest.getValue().isPresent()) {
                all.add(key + "@"
                        + shown(key, latest.getKey(), latest.getValue().get()));
            }
        }
        return ordered(all, forward);
    }

    @Override
    public List<String> ofKey(String key, long fromMs, long toMs, boolean forward) {
        long oldest = Math.max(fromMs, oldestMs());
        List<String> found = new ArrayList<>();
        of(key).forEach((time, value) -> {
            Long next = of(key).higherKey(time);
            boolean reaches = next == null ? fromMs <= toMs : next > oldest && oldest <= toMs;
            if (value.isPresent() && time <= toMs && reaches) {
                found.add(key + "@" + shown(key, time, value.get()));
            }
        });
        return ordered(found, forward);
    }

    @Override
    public @Nullable List<String> range(
            @Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward) {
        return null;
    }
}
