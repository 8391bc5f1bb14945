/** The whole system as processes: main job, crashes, bad input, long runs, privacy. */
package io.profilemesh.e2e;
