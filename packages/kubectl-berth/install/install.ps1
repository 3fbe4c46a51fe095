# Installs kubectl-berth, the kubectl plugin for this portal: the program, and a launcher that starts it with the Node.js
# of this computer, or with one that this script fetches. Needs no administrator.

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Install-KubectlBerth {
  $portal = '@PORTAL@'
  $programSha256 = '@PROGRAM_SHA256@'
  $nodeMirror = '@NODE_MIRROR@'
  $nodeVersion = 'v' + '@NODE_VERSION@'.TrimStart('v')

  [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

  function Assert-Hash($File, $Expected, $Name) {
    if ((Get-FileHash -Algorithm SHA256 -LiteralPath $File).Hash -ne $Expected) {
      throw "$Name does not have the expected SHA-256."
    }
  }

  # Returns the path of a Node.js, or nothing where it is older than 20.19.
  function Get-UsableNode($Command) {
    try {
      $answer = & $Command -p 'process.versions.node + String.fromCharCode(10) + process.execPath' 2>$null
      $major, $minor, $rest = $answer[0].Split('.') | ForEach-Object { [int]$_ }
      if ($major -gt 20 -or ($major -eq 20 -and $minor -ge 19)) {
        return $answer[1]
      }
    } catch {
      return
    }
  }

  $data = Join-Path $env:LOCALAPPDATA 'kubectl-berth'
  $bin = Join-Path $data 'bin'
  $work = Join-Path $data ('install-' + [Guid]::NewGuid().ToString('N'))
  New-Item -ItemType Directory -Force -Path $bin, $work | Out-Null
  try {
    $program = Join-Path $work 'kubectl-berth.mjs'
    Invoke-WebRequest -UseBasicParsing -Uri "$portal/api/berth/kubectl/cli/kubectl-berth.mjs" -OutFile $program
    Assert-Hash $program $programSha256 'kubectl-berth.mjs'

    $ownNode = Join-Path $data 'node.exe'
    $node = Get-UsableNode 'node'
    if (-not $node) { $node = Get-UsableNode $ownNode }
    if (-not $node) {
      $machine = if ($env:PROCESSOR_ARCHITECTURE -eq 'ARM64') { 'arm64' } else { 'x64' }
      $name = "win-$machine/node.exe"
      Write-Output "Fetching Node.js $nodeVersion from $nodeMirror"
      $sums = Join-Path $work 'SHASUMS256.txt'
      $fetched = Join-Path $work 'node.exe'
      Invoke-WebRequest -UseBasicParsing -Uri "$nodeMirror/$nodeVersion/SHASUMS256.txt" -OutFile $sums
      Invoke-WebRequest -UseBasicParsing -Uri "$nodeMirror/$nodeVersion/$name" -OutFile $fetched
      $line = Get-Content -LiteralPath $sums | Where-Object { $_ -match "^[0-9a-f]{64}  $([regex]::Escape($name))$" }
      if (-not $line) { throw "SHASUMS256.txt of $nodeMirror does not have $name." }
      Assert-Hash $fetched $line.Split(' ')[0] $name
      Move-Item -Force -LiteralPath $fetched -Destination $ownNode
      $node = Get-UsableNode $ownNode
      if (-not $node) { throw 'The fetched Node.js does not start on this computer.' }
    }

    # A path of the launcher's own folder can have characters that a batch file cannot.
    $command = if ($node -eq $ownNode) { '%~dp0..\node.exe' } else { $node }
    $launcher = @(
      '@echo off',
      'setlocal',
      'set NODE_OPTIONS=',
      "`"$command`" `"%~dp0..\kubectl-berth.mjs`" %*",
      'exit /b %ERRORLEVEL%'
    )
    Move-Item -Force -LiteralPath $program -Destination (Join-Path $data 'kubectl-berth.mjs')
    Set-Content -LiteralPath (Join-Path $bin 'kubectl-berth.cmd') -Value $launcher -Encoding Oem
  } finally {
    Remove-Item -Recurse -Force -LiteralPath $work
  }

  Write-Output "Installed $(Join-Path $bin 'kubectl-berth.cmd')"
  Write-Output "  program  $(Join-Path $data 'kubectl-berth.mjs')"
  Write-Output "  Node.js  $node"
  if (($env:PATH -split ';') -notcontains $bin) {
    Write-Output "$bin is not on the PATH. Add it for your user, and open a new terminal:"
    Write-Output "  [Environment]::SetEnvironmentVariable('PATH', [Environment]::GetEnvironmentVariable('PATH', 'User') + ';$bin', 'User')"
  }
  Write-Output 'Now sign in:'
  Write-Output "  kubectl berth login $portal"
}

# The last line, so that half of a download does nothing.
Install-KubectlBerth
