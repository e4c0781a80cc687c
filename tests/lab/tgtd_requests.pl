#!/usr/bin/perl
# Sends a file of requests (library.ts made them) to tgtd, one connection for
# each, as tgtadm does, and stops at the first one that tgtd refuses; with a
# LUN, only those of this logical unit. In Perl, since every Debian has it and
# it starts at once, which Deno in the lab does not.
use strict;
use warnings;
use Socket;

my ($path, $file, $only) = @ARGV;
my $DEVICE = 2;
open my $in, '<:raw', $file or die "$file: $!\n";
my $requests = do { local $/; <$in> };
while (length $requests) {
    my $request = substr $requests, 0, unpack('x72 L', $requests), '';
    my ($mode, $lun) = unpack 'L x84 Q', $request;
    next if defined $only and ($mode != $DEVICE or $lun != $only);
    socket my $tgtd, PF_UNIX, SOCK_STREAM, 0 or die "socket: $!\n";
    connect $tgtd, pack_sockaddr_un($path) or die "$path: $!\n";
    syswrite($tgtd, $request) == length $request or die "$path: $!\n";
    my $answer = '';
    while (sysread $tgtd, my $more, 65536) { $answer .= $more }
    my $error = length $answer < 8 ? 'no answer' : unpack 'L', $answer;
    die "tgtd: $error: " . substr($request, 120) . "\n" if $error;
}
