/** The functions of `native/rsm.h`, one entry each, under their C prototypes. */

/** The `RSM_ABI_VERSION` that this side is written for. */
export const ABI_VERSION = 1;

/** The one symbol that is asked before all others are believed. */
export const versionSymbol = {
  // int32_t rsm_abi_version(void);
  rsm_abi_version: { parameters: [], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/**
 * Whatever can wait on hardware is `nonblocking`: a blocking call would stop
 * the Worker's event loop for as long as a robot takes.
 */
export const symbols = {
  // int32_t rsm_layout(uint32_t index, char *name, uint32_t name_size);
  rsm_layout: {
    parameters: [
      "u32", // uint32_t index
      "buffer", // char *name
      "u32", // uint32_t name_size
    ],
    result: "i32",
  },

  // int32_t rsm_open(const char *path);
  rsm_open: {
    parameters: [
      "buffer", // const char *path
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_close(int32_t fd);
  rsm_close: {
    parameters: [
      "i32", // int32_t fd
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_scsi_execute(int32_t fd, void *command, uint32_t command_size,
  //                          void *data, uint32_t data_size);
  rsm_scsi_execute: {
    parameters: [
      "i32", // int32_t fd
      "buffer", // void *command, "scsi_command" in layout.ts
      "u32", // uint32_t command_size
      "buffer", // void *data
      "u32", // uint32_t data_size
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_parameters(int32_t fd, void *out, uint32_t size);
  rsm_changer_parameters: {
    parameters: [
      "i32", // int32_t fd
      "buffer", // void *out, "changer_params" in layout.ts
      "u32", // uint32_t size
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_vendor_parameters(int32_t fd, void *out,
  //                                       uint32_t size);
  rsm_changer_vendor_parameters: {
    parameters: [
      "i32", // int32_t fd
      "buffer", // void *out, "changer_vendor_params" in layout.ts
      "u32", // uint32_t size
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_status(int32_t fd, int32_t type, void *out,
  //                            uint32_t size);
  rsm_changer_status: {
    parameters: [
      "i32", // int32_t fd
      "i32", // int32_t type
      "buffer", // void *out, a byte for each unit
      "u32", // uint32_t size
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_element(int32_t fd, int32_t type, int32_t unit,
  //                             void *out, uint32_t size);
  rsm_changer_element: {
    parameters: [
      "i32", // int32_t fd
      "i32", // int32_t type
      "i32", // int32_t unit
      "buffer", // void *out, "changer_get_element" in layout.ts
      "u32", // uint32_t size
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_move(int32_t fd, int32_t from_type,
  //                          int32_t from_unit, int32_t to_type,
  //                          int32_t to_unit, int32_t flags);
  rsm_changer_move: {
    parameters: [
      "i32", // int32_t fd
      "i32", // int32_t from_type
      "i32", // int32_t from_unit
      "i32", // int32_t to_type
      "i32", // int32_t to_unit
      "i32", // int32_t flags
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_exchange(int32_t fd, int32_t source_type,
  //                              int32_t source_unit, int32_t first_type,
  //                              int32_t first_unit, int32_t second_type,
  //                              int32_t second_unit, int32_t flags);
  rsm_changer_exchange: {
    parameters: [
      "i32", // int32_t fd
      "i32", // int32_t source_type
      "i32", // int32_t source_unit
      "i32", // int32_t first_type
      "i32", // int32_t first_unit
      "i32", // int32_t second_type
      "i32", // int32_t second_unit
      "i32", // int32_t flags
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_position(int32_t fd, int32_t type, int32_t unit,
  //                              int32_t flags);
  rsm_changer_position: {
    parameters: [
      "i32", // int32_t fd
      "i32", // int32_t type
      "i32", // int32_t unit
      "i32", // int32_t flags
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_initialize(int32_t fd);
  rsm_changer_initialize: {
    parameters: [
      "i32", // int32_t fd
    ],
    result: "i32",
    nonblocking: true,
  },

  // int32_t rsm_changer_set_volume_tag(int32_t fd, int32_t type,
  //                                    int32_t unit, const void *tag,
  //                                    uint32_t tag_size, int32_t flags);
  rsm_changer_set_volume_tag: {
    parameters: [
      "i32", // int32_t fd
      "i32", // int32_t type
      "i32", // int32_t unit
      "buffer", // const void *tag
      "u32", // uint32_t tag_size
      "i32", // int32_t flags
    ],
    result: "i32",
    nonblocking: true,
  },

  // int64_t rsm_handle_open(uint32_t kind, const void *payload,
  //                         uint32_t size);
  rsm_handle_open: {
    parameters: [
      "u32", // uint32_t kind
      "buffer", // const void *payload
      "u32", // uint32_t size
    ],
    result: "i64",
  },

  // int32_t rsm_handle_acquire(int64_t handle, uint32_t kind, void *payload,
  //                            uint32_t size);
  rsm_handle_acquire: {
    parameters: [
      "i64", // int64_t handle
      "u32", // uint32_t kind
      "buffer", // void *payload
      "u32", // uint32_t size
    ],
    result: "i32",
  },

  // int32_t rsm_handle_release(int64_t handle, uint32_t kind);
  rsm_handle_release: {
    parameters: [
      "i64", // int64_t handle
      "u32", // uint32_t kind
    ],
    result: "i32",
  },

  // int32_t rsm_handle_close(int64_t handle, uint32_t kind);
  rsm_handle_close: {
    parameters: [
      "i64", // int64_t handle
      "u32", // uint32_t kind
    ],
    result: "i32",
  },

  // int32_t rsm_peer_credentials(int32_t fd, void *out, uint32_t size);
  rsm_peer_credentials: {
    parameters: [
      "i32", // int32_t fd
      "buffer", // void *out, "peer" in layout.ts
      "u32", // uint32_t size
    ],
    result: "i32",
  },

  // int32_t rsm_descriptor_limit(void);
  rsm_descriptor_limit: { parameters: [], result: "i32" },

  // int32_t rsm_notify(const char *path, const void *text, uint32_t size);
  rsm_notify: {
    parameters: [
      "buffer", // const char *path
      "buffer", // const void *text
      "u32", // uint32_t size
    ],
    result: "i32",
  },
} as const satisfies Deno.ForeignLibraryInterface;
