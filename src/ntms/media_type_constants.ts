/**
 * The documented codes of media types (STORAGE_MEDIA_TYPE) and device classes.
 *
 * @module
 */

import { DEVICE_CLASSES } from "../model/states.ts";

/** DDS tape, 4 mm. */
export const DDS_4mm = 32;
/** MiniQIC tape. */
export const MiniQic = 33;
/** Travan tape. */
export const Travan = 34;
/** QIC tape. */
export const QIC = 35;
/** 8 mm tape, metal particle. */
export const MP_8mm = 36;
/** 8 mm tape, advanced metal evaporated. */
export const AME_8mm = 37;
/** AIT-1 tape, 8 mm. */
export const AIT1_8mm = 38;
/** DLT tape. */
export const DLT = 39;
/** NCTP tape. */
export const NCTP = 40;
/** IBM 3480 tape. */
export const IBM_3480 = 41;
/** IBM 3490E tape. */
export const IBM_3490E = 42;
/** IBM Magstar 3590 tape. */
export const IBM_Magstar_3590 = 43;
/** IBM Magstar MP tape. */
export const IBM_Magstar_MP = 44;
/** StorageTek D3 tape. */
export const STK_DATA_D3 = 45;
/** Sony DTF tape. */
export const SONY_DTF = 46;
/** DV tape, 6 mm. */
export const DV_6mm = 47;
/** DMI tape. */
export const DMI = 48;
/** Sony D2 tape. */
export const SONY_D2 = 49;
/** Cleaning cartridge of any kind. */
export const CLEANER_CARTRIDGE = 50;
/** CD-ROM. */
export const CD_ROM = 51;
/** CD-R. */
export const CD_R = 52;
/** CD-RW. */
export const CD_RW = 53;
/** DVD-ROM. */
export const DVD_ROM = 54;
/** DVD-R. */
export const DVD_R = 55;
/** DVD-RW. */
export const DVD_RW = 56;
/** 3.5 inch magneto-optical disk, rewritable. */
export const MO_3_RW = 57;
/** 5.25 inch magneto-optical disk, write once. */
export const MO_5_WO = 58;
/** 5.25 inch magneto-optical disk, rewritable. */
export const MO_5_RW = 59;
/** 5.25 inch magneto-optical disk, LIMDOW. */
export const MO_5_LIMDOW = 60;
/** 5.25 inch phase-change disk, write once. */
export const PC_5_WO = 61;
/** 5.25 inch phase-change disk, rewritable. */
export const PC_5_RW = 62;
/** PD phase-change disk, rewritable. */
export const PD_5_RW = 63;
/** 5.25 inch ablative disk, write once. */
export const ABL_5_WO = 64;
/** Pinnacle Apex 5.25 inch disk, rewritable. */
export const PINNACLE_APEX_5_RW = 65;
/** Sony 12 inch disk, write once. */
export const SONY_12_WO = 66;
/** Philips 12 inch disk, write once. */
export const PHILIPS_12_WO = 67;
/** Hitachi 12 inch disk, write once. */
export const HITACHI_12_WO = 68;
/** Cygnet 12 inch disk, write once. */
export const CYGNET_12_WO = 69;
/** Kodak 14 inch disk, write once. */
export const KODAK_14_WO = 70;
/** 5.25 inch near-field disk. */
export const MO_NFR_525 = 71;
/** Nikon 12 inch disk, rewritable. */
export const NIKON_12_RW = 72;
/** Iomega Zip disk. */
export const IOMEGA_ZIP = 73;
/** Iomega Jaz disk. */
export const IOMEGA_JAZ = 74;
/** SyQuest EZ135 disk. */
export const SYQUEST_EZ135 = 75;
/** SyQuest EZFlyer disk. */
export const SYQUEST_EZFLYER = 76;
/** SyQuest SyJet disk. */
export const SYQUEST_SYJET = 77;
/** Avatar 2.5 inch disk. */
export const AVATAR_F2 = 78;
/** 8 mm tape, metal particle 2. */
export const MP2_8mm = 79;
/** DST tape, small. */
export const DST_S = 80;
/** DST tape, medium. */
export const DST_M = 81;
/** DST tape, large. */
export const DST_L = 82;
/** VXA-1 tape. */
export const VXATape_1 = 83;
/** VXA-2 tape. */
export const VXATape_2 = 84;
/** StorageTek 9840 tape. */
export const STK_9840 = 85;
/** LTO Ultrium tape. */
export const LTO_Ultrium = 86;
/** LTO Accelis tape. */
export const LTO_Accelis = 87;
/** DVD-RAM. */
export const DVD_RAM = 88;
/** AIT tape, 8 mm. */
export const AIT_8mm = 89;
/** ADR tape, first generation. */
export const ADR_1 = 90;
/** ADR tape, second generation. */
export const ADR_2 = 91;
/** StorageTek 9940 tape. */
export const STK_9940 = 92;
/** SAIT tape. */
export const SAIT = 93;
/**
 * Code of a media type (`MediaType` of {@linkcode NTMS_MEDIATYPEINFORMATION}).
 */
export type StorageMediaType =
  | typeof DDS_4mm
  | typeof MiniQic
  | typeof Travan
  | typeof QIC
  | typeof MP_8mm
  | typeof AME_8mm
  | typeof AIT1_8mm
  | typeof DLT
  | typeof NCTP
  | typeof IBM_3480
  | typeof IBM_3490E
  | typeof IBM_Magstar_3590
  | typeof IBM_Magstar_MP
  | typeof STK_DATA_D3
  | typeof SONY_DTF
  | typeof DV_6mm
  | typeof DMI
  | typeof SONY_D2
  | typeof CLEANER_CARTRIDGE
  | typeof CD_ROM
  | typeof CD_R
  | typeof CD_RW
  | typeof DVD_ROM
  | typeof DVD_R
  | typeof DVD_RW
  | typeof MO_3_RW
  | typeof MO_5_WO
  | typeof MO_5_RW
  | typeof MO_5_LIMDOW
  | typeof PC_5_WO
  | typeof PC_5_RW
  | typeof PD_5_RW
  | typeof ABL_5_WO
  | typeof PINNACLE_APEX_5_RW
  | typeof SONY_12_WO
  | typeof PHILIPS_12_WO
  | typeof HITACHI_12_WO
  | typeof CYGNET_12_WO
  | typeof KODAK_14_WO
  | typeof MO_NFR_525
  | typeof NIKON_12_RW
  | typeof IOMEGA_ZIP
  | typeof IOMEGA_JAZ
  | typeof SYQUEST_EZ135
  | typeof SYQUEST_EZFLYER
  | typeof SYQUEST_SYJET
  | typeof AVATAR_F2
  | typeof MP2_8mm
  | typeof DST_S
  | typeof DST_M
  | typeof DST_L
  | typeof VXATape_1
  | typeof VXATape_2
  | typeof STK_9840
  | typeof LTO_Ultrium
  | typeof LTO_Accelis
  | typeof DVD_RAM
  | typeof AIT_8mm
  | typeof ADR_1
  | typeof ADR_2
  | typeof STK_9940
  | typeof SAIT;

/** CD-ROM drives. */
export const FILE_DEVICE_CD_ROM: 2 = DEVICE_CLASSES.cdRom;
/** Disk drives. */
export const FILE_DEVICE_DISK: 7 = DEVICE_CLASSES.disk;
/** Tape drives. */
export const FILE_DEVICE_TAPE: 31 = DEVICE_CLASSES.tape;
/** Media changers. */
export const FILE_DEVICE_CHANGER: 48 = DEVICE_CLASSES.changer;
/** DVD drives. */
export const FILE_DEVICE_DVD: 51 = DEVICE_CLASSES.dvd;
/** Device class of a drive, changer or medium (`DeviceType`). */
export type NtmsDeviceType =
  | typeof FILE_DEVICE_CD_ROM
  | typeof FILE_DEVICE_DISK
  | typeof FILE_DEVICE_TAPE
  | typeof FILE_DEVICE_CHANGER
  | typeof FILE_DEVICE_DVD;
