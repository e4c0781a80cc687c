import { assertEquals } from "@std/assert";
import type { NtmsObject } from "../../src/model/objects.ts";
import { OBJECT_TYPES } from "../../src/model/states.ts";
import { NTMS_NULLGUID } from "../../src/ntms/ntmsapi.ts";
import { objectInformation } from "../../src/ntms/structures_from_records.ts";
import { toAnsi } from "../../src/ntms/windows_1252.ts";
import { guid, RECORDS } from "./records.ts";

const wide = (text: string) => text;
const CREATED = new Date("2026-01-02T03:04:05Z");
const MODIFIED = new Date("2026-02-03T04:05:06Z");

function infoOf(record: NtmsObject): unknown {
  return objectInformation(record, 1408, wide).Info;
}

Deno.test("every object has the common members, and the type's documented number", () => {
  for (const record of Object.values(RECORDS)) {
    const { Info: _, ...head } = objectInformation(record, 1408, wide);
    assertEquals<unknown>(head, {
      dwSize: 1408,
      dwType: OBJECT_TYPES[record.type],
      Created: CREATED,
      Modified: MODIFIED,
      ObjectGuid: record.id,
      Enabled: true,
      dwOperationalState: 20,
      szName: `${record.type} Ł`,
      szDescription: "kept dry",
    });
  }
});

const SCSI = { ScsiPort: 1, ScsiBus: 2, ScsiTarget: 3, ScsiLun: 4 };

const PHYSICAL_MEDIA = {
  CurrentLibrary: guid(2),
  MediaPool: guid(12),
  Location: guid(5),
  LocationType: 5,
  MediaType: guid(14),
  HomeSlot: guid(7),
  szBarCode: "ABC123L8",
  BarCodeState: 1,
  szSequenceNumber: "77",
  MediaState: 3,
  dwNumberOfPartitions: 2,
  dwMediaTypeCode: 0x18,
  dwDensityCode: 0x5e,
  MountedPartition: guid(13),
};

/** The member of the documented union that each type selects, filled. */
const EXPECTED: Readonly<Record<NtmsObject["type"], unknown>> = {
  computer: {
    Computer: {
      dwLibRequestPurgeTime: 11,
      dwOpRequestPurgeTime: 12,
      dwLibRequestFlags: 1,
      dwOpRequestFlags: 16,
      dwMediaPoolPolicy: 2,
    },
  },
  library: {
    Library: {
      LibraryType: 2,
      CleanerSlot: guid(20),
      CleanerSlotDefault: NTMS_NULLGUID,
      LibrarySupportsDriveCleaning: true,
      BarCodeReaderInstalled: false,
      InventoryMethod: 1,
      dwCleanerUsesRemaining: 0xffff_ffff,
      FirstDriveNumber: 0,
      dwNumberOfDrives: 4,
      FirstSlotNumber: 1,
      dwNumberOfSlots: 24,
      FirstDoorNumber: 2,
      dwNumberOfDoors: 1,
      FirstPortNumber: 3,
      dwNumberOfPorts: 5,
      FirstChangerNumber: 6,
      dwNumberOfChangers: 7,
      dwNumberOfMedia: 21,
      dwNumberOfMediaTypes: 22,
      dwNumberOfLibRequests: 23,
      Reserved: NTMS_NULLGUID,
      AutoRecovery: true,
      dwFlags: 18,
    },
  },
  changer: {
    Changer: {
      Number: 8,
      ChangerType: guid(4),
      szSerialNumber: "S1",
      szRevision: "R1",
      szDeviceName: "/dev/sch0",
      ...SCSI,
      Library: guid(2),
    },
  },
  changerType: {
    ChangerType: { szVendor: "STK", szProduct: "L700", DeviceType: 48 },
  },
  drive: {
    Drive: {
      Number: 9,
      State: 7,
      DriveType: guid(6),
      szDeviceName: "/dev/nst0",
      szSerialNumber: "S2",
      szRevision: "R2",
      ...SCSI,
      dwMountCount: 31,
      LastCleanedTs: null,
      SavedPartitionId: guid(13),
      Library: guid(2),
      Reserved: NTMS_NULLGUID,
      dwDeferDismountDelay: 300,
    },
  },
  driveType: {
    DriveType: {
      szVendor: "IBM",
      szProduct: "ULT3580",
      NumberOfHeads: 0,
      DeviceType: 31,
    },
  },
  slot: { StorageSlot: { Number: 10, State: 4, Library: guid(2) } },
  door: {
    IEDoor: { Number: 1, State: 2, MaxOpenSecs: 60, Library: guid(2) },
  },
  port: {
    IEPort: {
      Number: 2,
      Content: 1,
      Position: 1,
      MaxExtendSecs: 90,
      Library: guid(2),
    },
  },
  cartridge: {
    PhysicalMedia: PHYSICAL_MEDIA,
  },
  logicalMedium: {
    LogicalMedia: { MediaPool: guid(12), dwNumberOfPartitions: 1 },
  },
  mediaPool: {
    MediaPool: {
      PoolType: 1000,
      MediaType: guid(14),
      Parent: NTMS_NULLGUID,
      AllocationPolicy: 1,
      DeallocationPolicy: 0,
      dwMaxAllocates: 41,
      dwNumberOfPhysicalMedia: 42,
      dwNumberOfLogicalMedia: 43,
      dwNumberOfMediaPools: 44,
    },
  },
  side: {
    Partition: {
      PhysicalMedia: guid(10),
      LogicalMedia: NTMS_NULLGUID,
      State: 9,
      Side: 1,
      dwOmidLabelIdLength: 3,
      OmidLabelId: Uint8Array.of(0, 255, 16),
      szOmidLabelType: "MTF",
      szOmidLabelInfo: "Monday",
      dwMountCount: 51,
      dwAllocateCount: 52,
      Capacity: 12_000_000_000_000n,
    },
  },
  mediaType: {
    MediaType: {
      MediaType: 86,
      NumberOfSides: 1,
      ReadWriteCharacteristics: 2,
      DeviceType: 51,
    },
  },
  libraryRequest: {
    LibRequest: {
      OperationCode: 17,
      OperationOption: 3,
      State: 3,
      PartitionId: guid(13),
      DriveId: NTMS_NULLGUID,
      PhysMediaId: guid(10),
      Library: guid(2),
      SlotId: guid(7),
      TimeQueued: CREATED,
      TimeCompleted: MODIFIED,
      szApplication: "Nightly",
      szUser: "ada",
      szComputer: "tower",
      dwErrorCode: 4304,
      WorkItemId: guid(70),
      dwPriority: -7,
    },
  },
  operatorRequest: {
    OpRequest: {
      Request: 4,
      Submitted: CREATED,
      State: 3,
      szMessage: "Bring it",
      Arg1Type: 15,
      Arg1: guid(10),
      Arg2Type: 0,
      Arg2: NTMS_NULLGUID,
      szApplication: "Nightly",
      szUser: "ada",
      szComputer: "tower",
    },
  },
};

for (const record of Object.values(RECORDS)) {
  Deno.test(`the structure of a ${record.type} has the documented members`, () => {
    assertEquals<unknown>(infoOf(record), EXPECTED[record.type]);
  });
}

Deno.test("an object that is nowhere has the GUID of zeros for its place", () => {
  assertEquals<unknown>(
    infoOf({ ...RECORDS.cartridge, location: null, locationType: "slot" }),
    {
      PhysicalMedia: {
        ...PHYSICAL_MEDIA,
        Location: NTMS_NULLGUID,
        LocationType: 16,
      },
    },
  );
});

Deno.test("an A structure has question marks for what Windows-1252 lacks", () => {
  const { szName } = objectInformation(RECORDS.slot, 896, toAnsi);
  assertEquals(szName, "slot ?");
});
