/** The whole system as processes: the main job, the crash battery, bad input. */
package io.profilemesh.e2e;
