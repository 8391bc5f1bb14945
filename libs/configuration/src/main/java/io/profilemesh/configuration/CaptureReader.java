package io.profilemesh.configuration;

import io.profilemesh.configuration.CaptureConfig.Mode;
import io.profilemesh.configuration.CaptureKeys.OfDataset;
import io.profilemesh.configuration.CaptureKeys.OfSource;
import io.profilemesh.configuration.file.ConfigurationNode;
import io.profilemesh.configuration.file.ConfigurationNode.SecretFiles;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the configuration says of change capture. */
final class CaptureReader {

  private CaptureReader() {}

  /** Capture of a source; empty where it is off, and after noting what is wrong. */
  static Optional<CaptureConfig> capture(
      ConfigurationNode source, SourceType type, SecretFiles files) {
    if (!source.has(SourceKeys.CAPTURE)) {
      return Optional.empty();
    }
    if (source.isShort(SourceKeys.CAPTURE)) {
      source.get(OfSource.SHORT);
      return Optional.empty();
    }
    ConfigurationNode node = source.child(SourceKeys.CAPTURE);
    Mode mode = node.valueOf(OfSource.MODE);
    String username = node.get(OfSource.USERNAME);
    String password = node.secret(OfSource.PASSWORD, files);
    String slot = node.get(OfSource.SLOT);
    String publication = node.get(OfSource.PUBLICATION);
    long maxLag = node.valueOf(OfSource.MAX_LAG);
    Pattern topics = node.get(OfSource.TOPICS);
    if ((mode == Mode.TOPICS) != (topics != null)) {
      node.mistake(OfSource.TOPICS, "goes with mode: topics, and mode: topics with it");
      return Optional.empty();
    }
    if (mode == Mode.EMBEDDED && !CaptureConfig.hasReadableLog(type)) {
      source.mistake(
          SourceKeys.CAPTURE, "is not supported for sources of this type; use mode: topics");
      return Optional.empty();
    }
    return Optional.of(
        new CaptureConfig(
            mode,
            username,
            password == null ? null : new Secret(password),
            slot,
            publication,
            maxLag,
            node.valueOf(OfSource.HEARTBEAT),
            topics));
  }

  /** The rules of a dataset entry. */
  static ChangeRules rules(ConfigurationNode entry) {
    boolean isOff = entry.isShort(DatasetKeys.CAPTURE);
    if (isOff) {
      entry.get(OfDataset.SHORT);
    }
    ConfigurationNode node = entry.child(DatasetKeys.CAPTURE);
    return new ChangeRules(
        !isOff,
        node.get(OfDataset.ROWS),
        node.valueOf(OfDataset.SHARE).orElse(null),
        node.valueOf(OfDataset.QUIET),
        node.valueOf(OfDataset.MIN_INTERVAL),
        entry.valueOf(DatasetKeys.SWEEP).orElse(null));
  }
}
