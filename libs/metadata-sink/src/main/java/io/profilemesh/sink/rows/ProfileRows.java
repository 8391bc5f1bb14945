package io.profilemesh.sink.rows;

import io.profilemesh.metadata.months.MonthlyTable;
import io.profilemesh.metadata.months.Months;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.Refusal;
import io.profilemesh.schema.TableProfile;
import io.profilemesh.schema.serde.Decoded;
import io.profilemesh.schema.serde.RecordDecoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Profiles: a row per column, once the set of parts is complete. The first complete attempt in the
 * log wins; whatever comes of the run later is ignored. Parts of one run share a partition, so
 * every reader sees the same first.
 */
public final class ProfileRows implements RowWriter<TableProfile> {

  private static final List<MonthlyTable> MEASURED =
      List.of(MonthlyTable.RESULTS, MonthlyTable.SKETCHES);

  private final RecordDecoder<TableProfile> decoder;

  public ProfileRows(RecordDecoder<TableProfile> decoder) {
    this.decoder = decoder;
  }

  @Override
  public void prepare(Connection connection, List<RecordRow<TableProfile>> records)
      throws SQLException {
    Months.add(
        connection,
        MEASURED,
        records.stream().map(row -> row.record().getScanStartedAt()).toList());
  }

  @Override
  public int write(Connection connection, List<RecordRow<TableProfile>> records)
      throws SQLException {
    Set<RunKey> stored = ProfileParts.stored(connection, keys(records));
    Map<RunKey, CompleteProfile> complete = new TreeMap<>();
    Map<RunKey, PartSets> waiting = new LinkedHashMap<>();
    for (RecordRow<TableProfile> row : records) {
      RunKey key = key(row.record());
      if (stored.contains(key) || complete.containsKey(key)) {
        continue;
      }
      if (row.record().getPartCount() == 1) {
        complete.put(key, new CompleteProfile(List.of(row.record())));
      } else {
        take(connection, key, row, waiting).ifPresent(profile -> complete.put(key, profile));
      }
    }
    ProfileParts.remove(connection, complete.keySet());
    for (Map.Entry<RunKey, PartSets> entry : waiting.entrySet()) {
      if (!complete.containsKey(entry.getKey())) {
        ProfileParts.add(connection, entry.getKey(), entry.getValue().added());
      }
    }
    return store(connection, complete);
  }

  private Optional<CompleteProfile> take(
      Connection connection, RunKey key, RecordRow<TableProfile> row, Map<RunKey, PartSets> waiting)
      throws SQLException {
    PartSets sets = waiting.get(key);
    if (sets == null) {
      sets = new PartSets();
      for (byte[] value : ProfileParts.load(connection, key)) {
        sets.remember(decode(value));
      }
      waiting.put(key, sets);
    }
    return sets.add(row);
  }

  private static int store(Connection connection, Map<RunKey, CompleteProfile> complete)
      throws SQLException {
    Map<String, CompleteProfile> newest = new TreeMap<>();
    complete
        .values()
        .forEach(one -> newest.merge(one.head().getDatasetId(), one, TableStates::newerProfile));
    RunUpsert.profiles(connection, complete.values());
    int columns = ColumnInsert.write(connection, complete.values());
    columns += SketchInsert.write(connection, complete.values());
    TableStates.profiles(connection, newest.values());
    int catalogue = Catalogue.profiles(connection, complete.values());
    return complete.size() + columns + newest.size() + catalogue;
  }

  private TableProfile decode(byte[] value) {
    Decoded<TableProfile> decoded = decoder.decode(value);
    if (decoded instanceof Decoded.Value<TableProfile> good) {
      return good.record();
    }
    throw new IllegalStateException("a part that was stored can no longer be decoded");
  }

  private static RunKey key(TableProfile profile) {
    return new RunKey(profile.getRunId(), profile.getDatasetId());
  }

  private static Set<RunKey> keys(List<RecordRow<TableProfile>> records) {
    Set<RunKey> keys = new TreeSet<>();
    records.forEach(row -> keys.add(key(row.record())));
    return keys;
  }

  /** The parts of one run, attempt by attempt. */
  private static final class PartSets {

    private final Map<Integer, Map<Integer, TableProfile>> attempts = new HashMap<>();
    private final List<RecordRow<TableProfile>> added = new ArrayList<>();

    void remember(TableProfile part) {
      parts(part).putIfAbsent(part.getPartIndex(), part);
    }

    Optional<CompleteProfile> add(RecordRow<TableProfile> row) {
      TableProfile part = row.record();
      Map<Integer, TableProfile> parts = parts(part);
      if (parts.values().stream().anyMatch(one -> one.getPartCount() != part.getPartCount())) {
        throw new RefusedRecordException(
            new Refusal(
                ReasonCode.INCONSISTENT_PARTS,
                "The part and one stored before disagree about the number of parts."));
      }
      if (parts.putIfAbsent(part.getPartIndex(), part) == null) {
        added.add(row);
      }
      return parts.size() == part.getPartCount()
          ? Optional.of(new CompleteProfile(List.copyOf(parts.values())))
          : Optional.empty();
    }

    List<RecordRow<TableProfile>> added() {
      return added;
    }

    private Map<Integer, TableProfile> parts(TableProfile part) {
      return attempts.computeIfAbsent(part.getAttempt(), attempt -> new HashMap<>());
    }
  }
}
