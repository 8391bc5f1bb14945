package io.profilemesh.configuration.key;

/**
 * A key with a list of values; a single value counts as a list of one.
 *
 * @param shownDefault what the reference says when there is none
 * @param <T> what each value is read as
 */
public record ListKey<T>(String name, Kind<T> kind, String shownDefault, String meaning)
    implements Entry {}
