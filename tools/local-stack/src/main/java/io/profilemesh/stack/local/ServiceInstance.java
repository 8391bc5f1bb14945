package io.profilemesh.stack.local;

/**
 * One process of a service.
 *
 * @param number from 1
 */
record ServiceInstance(Service service, int number) {

  ServiceInstance {
    if (number < 1) {
      throw new IllegalArgumentException("instances are numbered from 1: " + number);
    }
  }

  /** Name in files and ports: {@code drift}, {@code drift-2}, with the name of the mesh before. */
  String key(String mesh) {
    String own = number == 1 ? service.key() : service.key() + "-" + number;
    return mesh.isEmpty() ? own : mesh + "-" + own;
  }

  String title() {
    return number == 1 ? service.module() : service.module() + " " + number;
  }
}
