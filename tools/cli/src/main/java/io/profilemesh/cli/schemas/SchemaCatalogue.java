package io.profilemesh.cli.schemas;

import java.util.List;
import java.util.Map;

/** A registry's schemas beside the contract's. */
public interface SchemaCatalogue {

  /**
   * Registers every schema of the contract and sets every subject's compatibility level; repeating
   * it changes nothing.
   *
   * @return schema id by subject, by name
   * @throws io.profilemesh.cli.Failure when the registry refuses or does not answer
   */
  Map<String, Integer> register();

  /**
   * Compares without changing anything.
   *
   * @return what is missing or in the way, a sentence each
   * @throws io.profilemesh.cli.Failure when the registry does not answer
   */
  List<String> check();
}
