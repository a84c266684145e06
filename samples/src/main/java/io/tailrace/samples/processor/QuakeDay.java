package io.tailrace.samples.processor;

import org.jspecify.annotations.Nullable;

/** The earthquakes of one day: how many, and the strongest, the first of them if there are several. */
public record QuakeDay(long quakes, double magnitude, String place) {
    /** @param soFar null for the first earthquake of the day */
    static QuakeDay plus(@Nullable QuakeDay soFar, Quake quake) {
        if (soFar == null) {
            return new QuakeDay(1, quake.magnitude(), quake.place());
        }
        return quake.magnitude() > soFar.magnitude
                ? new QuakeDay(soFar.quakes + 1, quake.magnitude(), quake.place())
                : new QuakeDay(soFar.quakes + 1, soFar.magnitude, soFar.place);
    }
}
